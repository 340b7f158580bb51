// Makes QuickJS look like Rhino: Java's packages, classes and objects, and only the built-in names that Rhino has.
(function (native) {
    var ProxyOf = Proxy, symbols = Symbol, handles = new WeakMap(), global = globalThis, same = Object.is;
    var keysOf = Object.getOwnPropertyNames, apply = Reflect.apply, parse = global.parseInt, dateText = Date.prototype.toString;

    // What goes to Java: primitives as they are, everything else in a box.
    function pack(value) {
        if (value === undefined || value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
        var handle = handles.get(value);
        if (handle !== undefined) return {h: handle};
        if (typeof value === 'function') return {t: String(value)};
        if (value instanceof Date) return {d: value.getTime()};
        if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
        if (Array.isArray(value)) return {a: value.map(pack)};
        var names = Object.keys(value);
        return {o: names, v: names.map(function (name) { return pack(value[name]); })};
    }

    // What comes from Java.
    function unpack(value) {
        if (value === null || typeof value !== 'object') return value;
        if (value.e !== undefined) throw javaError(value);
        return value.c ? wrapClass(value.h, value.c) : wrapObject(value.h, value.k, value.s);
    }

    function javaError(value) {
        var error = new Error(value.e);
        error.name = 'JavaException';
        error.javaException = wrapObject(value.h, 'o');
        error.javaHandle = value.h;
        return error;
    }

    function call(operation, handle, name, args) {
        return unpack(native(operation, handle, name, args.map(pack)));
    }

    function textOf(handle) {
        return native('text', handle, '', []);
    }

    function method(handle, name, target) {
        return function () {
            return call('call', handle, name, Array.prototype.slice.call(arguments));
        };
    }

    function missing(name, handle) {
        throw new TypeError('Cannot find function ' + name + ' in object ' + textOf(handle) + '.');
    }

    function wrapObject(handle, kind, text) {
        var target = Object.create(kind === 's' ? String.prototype : null);
        var proxy = new ProxyOf(target, {
            get: function (target, name) {
                if (name === symbols.toPrimitive) {
                    return function () { return kind === 's' ? text : textOf(handle); };
                }
                if (typeof name === 'symbol') return target[name];
                if (name === 'toString' || name === 'valueOf') {
                    return function () { return kind === 's' ? text : textOf(handle); };
                }
                if (/^[0-9]+$/.test(name)) return call('item', handle, name, []);
                var found = native('has', handle, name, []);
                if (found === 1) return method(handle, name);
                if (found === 2) return call('get', handle, name, []);
                if (kind === 's' && String.prototype[name] !== undefined) {
                    var own = String.prototype[name];
                    return typeof own === 'function' ? function () { return apply(own, text, arguments); } : text[name];
                }
                return undefined;
            },
            set: function (target, name, value) {
                call('set', handle, name, [value]);
                return true;
            },
            has: function (target, name) {
                return typeof name === 'string' && native('has', handle, name, []) !== 0;
            },
            ownKeys: function () { return []; },
        });
        handles.set(proxy, handle);
        return proxy;
    }

    function wrapClass(handle, name) {
        var proxy = new ProxyOf(function () {}, {
            get: function (target, member) {
                if (member === symbols.toPrimitive || member === 'toString') {
                    return function () { return '[JavaClass ' + name + ']'; };
                }
                if (typeof member === 'symbol') return undefined;
                var found = native('has', handle, member, []);
                if (found === 1) return method(handle, member);
                if (found === 2) return call('get', handle, member, []);
                var inner = native('class', 0, name + '$' + member, []);
                return inner === undefined ? undefined : unpack(inner);
            },
            construct: function (target, args) { return Object(call('new', handle, name, args)); },
            apply: function (target, self, args) { return call('new', handle, name, args); },
        });
        handles.set(proxy, handle);
        return proxy;
    }

    function wrapPackage(name) {
        var members = Object.create(null);
        return new ProxyOf({}, {
            get: function (target, member) {
                if (member === symbols.toPrimitive || member === 'toString') {
                    return function () { return '[JavaPackage ' + name + ']'; };
                }
                if (typeof member === 'symbol') return undefined;
                if (members[member] === undefined) {
                    var full = name === '' ? member : name + '.' + member;
                    var found = native('class', 0, full, []);
                    if (found !== undefined) return unpack(found);
                    members[member] = wrapPackage(full);
                }
                return members[member];
            },
            has: function (target, member) {
                return typeof member === 'string' && native('class', 0, name + '.' + member, []) !== undefined;
            },
        });
    }

    function JavaImporter() {
        var sources = Array.prototype.slice.call(arguments);
        return new ProxyOf({}, {
            has: function (target, name) {
                return typeof name === 'string' && sources.some(function (source) { return name in source; });
            },
            get: function (target, name) {
                if (typeof name === 'symbol') return undefined;
                for (var i = 0; i < sources.length; i++) if (name in sources[i]) return sources[i][name];
            },
        });
    }

    var kept = ['Object', 'Function', 'Error', 'Array', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'Number', 'Boolean', 'String',
        'Math', 'Date', 'JSON', 'RegExp', 'eval', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError',
        'InternalError', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'NaN', 'Infinity',
        'undefined', 'globalThis'];
    function only(object, names) {
        keysOf(object).forEach(function (name) { if (names.indexOf(name) < 0) delete object[name]; });
    }
    only(global, kept);
    only(Object, 'getPrototypeOf keys getOwnPropertyNames getOwnPropertyDescriptor defineProperty isExtensible preventExtensions defineProperties create isSealed isFrozen seal freeze assign is prototype name length'.split(' '));
    only(String.prototype, 'constructor toString valueOf charAt charCodeAt indexOf lastIndexOf split substring toLowerCase toUpperCase substr concat slice bold italics fixed strike small big blink sup sub fontsize fontcolor link anchor match search replace localeCompare toLocaleLowerCase toLocaleUpperCase trim trimLeft trimRight includes startsWith endsWith normalize repeat codePointAt padStart padEnd trimStart trimEnd length'.split(' '));
    only(Array.prototype, 'constructor toString toLocaleString join reverse sort push pop shift unshift splice concat slice indexOf lastIndexOf every filter forEach map some find findIndex reduce reduceRight fill keys values entries includes copyWithin length'.split(' '));
    function add(object, name, value) {
        Object.defineProperty(object, name, {value: value, writable: true, configurable: true, enumerable: false});
    }
    add(String.prototype, 'equals', function (other) { return String(this) === String(other); });
    add(String.prototype, 'equalsIgnoreCase', function (other) { return String(this).toLowerCase() === String(other).toLowerCase(); });
    // Old octal numbers: parseInt('08') is NaN.
    global.parseInt = function (text, radix) {
        text = String(text);
        var octal = radix === undefined && /^\s*([+-]?)0([0-9].*)/.exec(text);
        return octal ? parse(octal[1] + octal[2], 8) : parse(text, radix);
    };
    add(Date.prototype, 'toString', function () {
        return dateText.call(this).replace('GMT+0000', 'GMT-0000').replace(/ GMT(.\d{4})$/, ' GMT$1 (UTC)');
    });
    ['java', 'javax', 'org', 'com', 'edu', 'net'].forEach(function (name) { global[name] = wrapPackage(name); });
    global.Packages = wrapPackage('');
    global.JavaImporter = JavaImporter;

    var names = keysOf(global), values = names.map(function (name) { return global[name]; });

    // Forgets what a script left behind.
    function clean() {
        keysOf(global).forEach(function (name) { if (names.indexOf(name) < 0) delete global[name]; });
        names.forEach(function (name, at) { if (!same(global[name], values[at])) global[name] = values[at]; });
    }

    var evaluate = global.eval('(function (__source) { return eval(__source) })');
    return function (source, variables, packed) {
        try {
            for (var i = 0; i < variables.length; i++) global[variables[i]] = unpack(packed[i]);
            var result = evaluate.call({}, source);
            if (result === null || (typeof result !== 'object' && typeof result !== 'function')) return result;
            var handle = handles.get(result);
            return handle === undefined ? {s: String(result)} : {h: handle};
        } finally {
            clean();
        }
    };
})
