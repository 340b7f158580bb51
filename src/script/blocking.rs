//! Whether a script may wait for something, as far as its words tell.

/// Names of classes and methods that sleep, wait, or reach for files, processes and the network.
const WORDS: [&str; 43] = [
    "BlockingQueue",
    "BufferedReader",
    "CompletableFuture",
    "CountDownLatch",
    "CyclicBarrier",
    "ExecutorService",
    "Executors",
    "File",
    "FileInputStream",
    "FileOutputStream",
    "FileReader",
    "FileUtils",
    "FileWriter",
    "Files",
    "HttpClient",
    "HttpURLConnection",
    "IOUtils",
    "InetAddress",
    "LinkedBlockingDeque",
    "LinkedBlockingQueue",
    "ProcessBuilder",
    "RandomAccessFile",
    "ReentrantLock",
    "Runtime",
    "Scanner",
    "Semaphore",
    "ServerSocket",
    "Socket",
    "Sql",
    "Thread",
    "TimeUnit",
    "URL",
    "await",
    "exec",
    "execute",
    "openConnection",
    "openStream",
    "sleep",
    "source",
    "synchronized",
    "toFile",
    "toURL",
    "waitFor",
];

/// Whether one of those names stands in a script.
#[must_use]
pub fn may_block(text: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.split(|char| !is_part(char)).any(|word| WORDS.binary_search(&word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell() {
        let check = |text: &str, expected: bool| assert_eq!(may_block(text), expected, "{text}");
        check("vars.put('a', vars.get('b') + 1)", false);
        check("Thread.sleep(100)", true);
        check("new File('x').text", true);
        check("def profile = 'File: x'", true);
        check("asleep = 1", false);
        assert!(WORDS.is_sorted());
    }
}
