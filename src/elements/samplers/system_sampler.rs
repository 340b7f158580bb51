//! OS Process Sampler: runs a program, without a shell, and measures how long it takes.
//!
//! The program's errors join its output unless they go to a file of their own (`NativeCommand`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, PipeReader, Read};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use super::{Sampled, Sampler, Sampling};
use crate::elements::{Element, ElementType};
use crate::model::{Argument, DataType, Fault, Fields, Label, Prop, SampleResult, VirtualUser, arguments};

pub(super) const ELEMENT: ElementType = ElementType::new("SystemSampler", "OS Process Sampler", load);

struct SystemSampler {
    name: Label,
    command: Prop<String>,
    arguments: Vec<Argument>,
    environment: Vec<Argument>,
    directory: Prop<String>,
    check_return_code: Prop<bool>,
    expected_return_code: Prop<i32>,
    stdin: Prop<String>,
    stdout: Prop<String>,
    stderr: Prop<String>,
    timeout: Prop<i64>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::sampler(SystemSampler {
        name: Label::new(fields.name()),
        command: fields.text("SystemSampler.command", ""),
        arguments: arguments(fields, "SystemSampler.arguments"),
        environment: arguments(fields, "SystemSampler.environment"),
        directory: fields.text("SystemSampler.directory", ""),
        check_return_code: fields.prop("SystemSampler.checkReturnCode", false),
        expected_return_code: fields.prop("SystemSampler.expectedReturnCode", 0),
        stdin: fields.text("SystemSampler.stdin", ""),
        stdout: fields.text("SystemSampler.stdout", ""),
        stderr: fields.text("SystemSampler.stderr", ""),
        timeout: fields.prop("SystemSampler.timeout", 0),
    })
}

impl Sampler for SystemSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.run(vu))
    }
}

/// What is to be run, evaluated.
struct Call {
    command: String,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    /// As given; the working directory's full name if none is.
    directory: String,
    stdin: String,
    stdout: String,
    stderr: String,
    /// In milliseconds; none for 0.
    timeout: Option<u64>,
}

/// What has been read of a program's output so far.
type Output = Arc<Mutex<Vec<u8>>>;

/// Why there is no return code.
enum Failure {
    /// In Java's words.
    Io(String),
    Timeout(u64),
    Interrupted,
}

impl SystemSampler {
    async fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        result.data_type = DataType::Text;
        let call = self.call(vu)?;
        result.sampler_data = Some(call.to_string().into());
        let (checks, expected) = (self.check_return_code.get(vu)?, self.expected_return_code.get(vu)?);
        let output = Output::default();
        result.start = vu.now();
        let ended = call.run(&output, vu).await;
        result.end = vu.now();
        result.successful = false;
        match ended {
            Ok(code) => {
                result.response_code = code.to_string().into();
                result.successful = !checks || code == expected;
                result.response_message = if result.successful {
                    "OK".into()
                } else {
                    format!("Unexpected return code.  Expected [{expected}]. Actual [{code}].").into()
                };
            }
            Err(failure) => {
                result.response_code = "500".into();
                result.response_message = failure.message().into();
            }
        }
        result.response_data = String::from_utf8_lossy(&output.lock()).into_owned().into();
        Ok(Some(result))
    }

    fn call(&self, vu: &mut VirtualUser) -> Result<Call, Fault> {
        let command = self.command.text(vu)?.into_owned();
        let mut arguments = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            arguments.push(argument.value.text(vu)?.into_owned());
        }
        let mut environment = BTreeMap::new();
        for variable in &self.environment {
            let name = variable.name.text(vu)?.into_owned();
            environment.insert(name, variable.value.text(vu)?.into_owned());
        }
        let mut directory = self.directory.text(vu)?.into_owned();
        if directory.is_empty() {
            directory = std::env::current_dir().unwrap_or_default().display().to_string();
        }
        Ok(Call {
            command,
            arguments,
            environment,
            directory,
            stdin: self.stdin.text(vu)?.into_owned(),
            stdout: self.stdout.text(vu)?.into_owned(),
            stderr: self.stderr.text(vu)?.into_owned(),
            timeout: u64::try_from(self.timeout.get(vu)?).ok().filter(|millis| *millis > 0),
        })
    }
}

impl std::fmt::Display for Call {
    /// The call as results show it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let here = std::env::current_dir().unwrap_or_default().display().to_string();
        let directory = match &self.directory {
            absolute if Path::new(absolute).is_absolute() => absolute.clone(),
            relative => format!("{here}/{relative}"),
        };
        let environment: Vec<_> = self.environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
        write!(f, "Working Directory: {directory}\nEnvironment: {{{}}}\n", environment.join(", "))?;
        write!(f, "Executing: {}", self.command)?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {argument}"))
    }
}

impl Call {
    /// Runs the program and gives its return code.
    async fn run(&self, output: &Output, vu: &mut VirtualUser) -> Result<i32, Failure> {
        let (mut child, reader) = self.start()?;
        let reading = reader.map(|reader| read_into(reader, output.clone()));
        let ended = async {
            match self.timeout {
                Some(millis) => tokio::time::timeout(Duration::from_millis(millis), child.wait()).await,
                None => Ok(child.wait().await),
            }
        };
        match vu.interruptible(ended).await {
            Ok(Ok(status)) => {
                let status = status.map_err(|error| Failure::Io(format!("java.io.IOException: {error}")))?;
                if let Some(reading) = reading {
                    let _ = reading.await;
                }
                Ok(return_code(status))
            }
            Ok(Err(_elapsed)) => {
                let _ = child.kill().await;
                Err(Failure::Timeout(self.timeout.unwrap_or(0)))
            }
            Err(_) => {
                let _ = child.kill().await;
                Err(Failure::Interrupted)
            }
        }
    }

    /// Starts the program, and gives the end of the pipe that its output comes out of.
    fn start(&self) -> Result<(Child, Option<PipeReader>), Failure> {
        let mut command = Command::new(&self.command);
        command.args(&self.arguments).envs(&self.environment).current_dir(&self.directory).kill_on_drop(true);
        let stdin = match self.stdin.as_str() {
            "" => Stdio::null(),
            file => File::open(file).map_err(|error| not_found(file, &error))?.into(),
        };
        let (reader, stdout, joined) = if self.stdout.is_empty() {
            let (reader, writer) = io::pipe().map_err(|error| Failure::Io(format!("java.io.IOException: {error}")))?;
            let joined = writer.try_clone().map_err(|error| Failure::Io(format!("java.io.IOException: {error}")))?;
            (Some(reader), Stdio::from(writer), Stdio::from(joined))
        } else {
            let file = create(&self.stdout)?;
            let joined = file.try_clone().map_err(|error| not_found(&self.stdout, &error))?;
            (None, file.into(), joined.into())
        };
        let stderr = if self.stderr.is_empty() { joined } else { create(&self.stderr)?.into() };
        let child = command.stdin(stdin).stdout(stdout).stderr(stderr).spawn();
        let child = child.map_err(|error| {
            Failure::Io(format!(
                "java.io.IOException: Cannot run program \"{}\" (in directory \"{}\"): error={}, {}",
                self.command,
                self.directory,
                error.raw_os_error().unwrap_or(2),
                system_message(&error)
            ))
        })?;
        Ok((child, reader))
    }
}

impl Failure {
    fn message(&self) -> String {
        match self {
            Self::Io(text) => format!("Exception occurred whilst executing system call: {text}"),
            Self::Timeout(millis) => format!("Process timeout reached after {millis} milliseconds"),
            Self::Interrupted => {
                "System Sampler interrupted whilst executing system call: java.lang.InterruptedException".into()
            }
        }
    }
}

fn create(file: &str) -> Result<File, Failure> {
    File::create(file).map_err(|error| not_found(file, &error))
}

fn not_found(file: &str, error: &io::Error) -> Failure {
    Failure::Io(format!("java.io.FileNotFoundException: {file} ({})", system_message(error)))
}

/// The system's words, without Rust's addition.
fn system_message(error: &io::Error) -> String {
    let text = if error.kind() == io::ErrorKind::InvalidInput {
        "No such file or directory".into()
    } else {
        error.to_string()
    };
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Reads a program's output as it comes. A pipe blocks, so it is read where that keeps no user waiting.
fn read_into(mut reader: PipeReader, output: Output) -> JoinHandle<()> {
    tokio::task::spawn_blocking(move || {
        let mut chunk = [0; 8 * 1024];
        while let Ok(length) = reader.read(&mut chunk) {
            if length == 0 {
                return;
            }
            output.lock().extend_from_slice(&chunk[..length]);
        }
    })
}

/// As a shell has it: 128 and the signal's number for a program that was killed.
#[cfg(unix)]
fn return_code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

#[cfg(not(unix))]
fn return_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}
