//! Scripts.

use loadline::script::{Language, Library, compile};

pub(crate) const SEEDS: &[&[u8]] = &[
    b"def a = [1, 2, [x: 'y']].collect { it ?: \"${vars.get('b')}-${1 + 2}\" }\nif (a) { return a[0..-1]*.toString() } else throw new Exception(/x/)",
    b"import java.util.*; int sum(int a, Object... b) { for (x : b) a += (int) x; return a > 0 ? a : -a; } sum(1, new int[] {2, 3});",
    b"var o = {a: [1, 2.5e3, 'x\\u0041'], f: function (x) { return x && typeof x === 'string'; }}; for (var k in o) { o[k]; } o.f(/r+/g)",
    b"x = 1 + 2 * size([1,2]) ne 4 ? 'a' =~ 'b' : {'k':1}.k; while (x > 0) { x = x - 1 }",
];

/// Whatever a text says, it is a script of a language or it is not.
pub(crate) fn read(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let library = Library::java();
    for language in [
        Language::Groovy,
        Language::BeanShell,
        Language::JavaScript,
        Language::Jexl2,
        Language::LenientJexl2,
        Language::Jexl3,
    ] {
        let _ = compile(language, &text, &library);
    }
}
