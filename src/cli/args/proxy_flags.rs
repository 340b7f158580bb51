//! A proxy for the whole run.

use clap::Args;

use crate::model::Properties;

/// Options of a proxy.
#[derive(Args, Clone)]
pub struct ProxyFlags {
    /// Proxy host
    #[arg(short = 'H', long = "proxyHost", value_name = "HOST")]
    pub host: Option<String>,
    /// Proxy port
    #[arg(short = 'P', long = "proxyPort", value_name = "PORT")]
    pub port: Option<String>,
    /// Proxy scheme
    #[arg(short = 'E', long = "proxyScheme", value_name = "SCHEME")]
    pub scheme: Option<String>,
    /// Hosts to reach without the proxy, separated by |
    #[arg(short = 'N', long = "nonProxyHosts", value_name = "HOSTS")]
    pub direct_hosts: Option<String>,
    /// User name for the proxy
    #[arg(short = 'u', long = "username", value_name = "USER")]
    pub user: Option<String>,
    /// Password for the proxy
    #[arg(short = 'a', long = "password", value_name = "PASSWORD")]
    pub password: Option<String>,
}

impl ProxyFlags {
    /// What is wrong with the options as they stand together.
    ///
    /// # Errors
    /// A proxy needs a host and a port, which is a number.
    pub fn check(&self) -> Result<(), String> {
        if self.host.is_some() != self.port.is_some() {
            return Err("a proxy needs both its host (-H) and its port (-P)".into());
        }
        match self.port.as_deref().filter(|port| port.trim().parse::<u16>().is_err()) {
            Some(port) => Err(format!("the port of the proxy (-P) must be a number up to 65535, not \"{port}\"")),
            None => Ok(()),
        }
    }

    /// Sets the properties that say it: it is one for the whole process, as Java's system properties say.
    pub fn set(&self, jmeter: &Properties, system: &Properties) {
        let given = [
            (system, "http.proxyHost", &self.host),
            (system, "https.proxyHost", &self.host),
            (system, "http.proxyPort", &self.port),
            (system, "https.proxyPort", &self.port),
            (system, "http.nonProxyHosts", &self.direct_hosts),
            (system, "https.nonProxyHosts", &self.direct_hosts),
            (system, "http.proxyScheme", &self.scheme),
            (jmeter, "http.proxyUser", &self.user),
            (jmeter, "http.proxyPass", &self.password),
        ];
        for (properties, name, value) in given {
            if let Some(value) = value {
                properties.set(name, value.as_str());
            }
        }
    }
}
