use super::*;
use crate::model::FunctionTable;
use crate::model::virtual_user::tests::user;

/// `__join(a,b)` is `a+b`; `__none()` takes nothing.
struct Join(Vec<Template>);

impl Function for Join {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let parts: Result<Vec<_>, _> = self.0.iter().map(|part| part.eval(vu)).collect();
        Ok(parts?.join("+"))
    }
}

const JOIN: FunctionType =
    FunctionType { name: "__join", arity: Arity::AtLeast(1), make: |parameters, _| Ok(Arc::new(Join(parameters))) };
const NONE: FunctionType =
    FunctionType { name: "__none", arity: Arity::Exactly(0), make: |parameters, _| Ok(Arc::new(Join(parameters))) };

fn eval(text: &str) -> Result<String, String> {
    let mut vu = user();
    vu.variables.put("a", "1");
    vu.variables.put("b c", "2");
    vu.variables.put("", "empty");
    let functions = FunctionTable::of(&[&JOIN, &NONE]);
    let template = Template::parse(text, &functions, &mut vu, &mut Vec::new()).map_err(|error| error.to_string())?;
    template.eval(&mut vu).map(Cow::into_owned).map_err(|fault| fault.to_string())
}

#[test]
fn texts_and_variables() {
    let check = |text: &str, expected: &str| assert_eq!(eval(text).as_deref(), Ok(expected), "{text}");
    check("plain \\$ \\, \\\\ text", "plain \\$ \\, \\\\ text");
    check("${a} \\$ \\, \\\\ \\x \\", "1 $ , \\ \\x \\");
    check("${b c}${}", "2empty");
    check("${a }", "${a }");
    check("$${a}", "$1");
    check("\\${a}", "\\${a}");
    check("${a}\\${a}", "1${a}");
    check("\\\\${a}", "\\1");
    check("{${a}}", "{1}");
    check("$ {a} #{a} $a", "$ {a} #{a} $a");
    check("${a_${a}}", "${a_${a}}");
    check("${undefined} ${a}", "${undefined} 1");
    check("x ${a", "x a");
    check("${a b c", "${a b c");
    check("${\\a}", "1");
}

#[test]
fn calls() {
    let check = |text: &str, expected: &str| assert_eq!(eval(text).as_deref(), Ok(expected), "{text}");
    check("${__none} ${__none()} ${__join( )}x", "   x");
    check("${__join(x,y)}", "x+y");
    check("${__join(x\\,y,z\\\\)}", "x,y+z\\");
    check("${__join(f(x,y))}", "f(x+y)");
    check("${__join(\\))}", "\\)");
    check("${__join(},{a})}", "}+{a}");
    check("${__join(${a},${__join(${b c},\\$)})}", "1+2+$");
    check("${__join(,)}", "+");
    check("${__join(( ))  }", "( )");
    check("${ __join(x)}", "x");
    check("${__join (x)}", "${__join (x)}");
    check("${__Join(x)}", "${__Join(x)}");
    check("${__unknown(a\\,b)}", "${__unknown(a,b)}");
}

#[test]
fn wrong_calls_are_errors() {
    let check = |text: &str, expected: &str| assert_eq!(eval(text).unwrap_err(), expected, "{text}");
    check("${__join()}", "__join called with wrong number of parameters. Actual: 0. Expected at least: 1.");
    check("${__none(1)}", "__none called with wrong number of parameters. Actual: 1. Expected: 0.");
    check("${__join(x)y}", "Expected } after __join function call in ${__join(x)y}");
    check("${__join(x", "Expected ) at the end of a function call in ${__join(x");
}

#[test]
fn literals_are_borrowed() {
    let mut vu = user();
    let template = Template::literal("x");
    assert!(matches!(template.eval(&mut vu), Ok(Cow::Borrowed("x"))));
}
