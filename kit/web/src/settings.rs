//! How a server is set up, whatever the institution on it.

use std::net::IpAddr;
use std::time::Duration;

use crate::Error;

/// Settings of the server, independent of the institution. `stoa config show` lists them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach this server, without a slash at the end: `https://learn.example.org`. It decides whether
    /// cookies are `Secure`, whether HSTS is sent, and which origin may post forms.
    pub base_url: String,
    /// Development: errors show their cause, and answers say how many statements they took.
    pub dev: bool,
    /// Addresses of reverse proxies whose `X-Forwarded-*` headers and request ids are believed.
    pub trusted_proxies: Vec<Network>,
    /// Limits on what a request may ask.
    pub limits: Limits,
}

/// Limits on requests. Beyond them a request is refused with a message that names the limit.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The size of a request's body in bytes, unless its route says otherwise: answered with 413.
    pub body_bytes_max: usize,
    /// How long a handler may take, unless its route says otherwise: answered with 503.
    pub request_time_max: Duration,
    /// Open live-update streams: beyond it a new one gets 503, and the page works without.
    pub streams_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes_max: 2 << 20, request_time_max: Duration::from_secs(30), streams_max: 10_000 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: "http://localhost:8080".to_owned(),
            dev: cfg!(debug_assertions),
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl Settings {
    /// True where the server is reached by https: cookies are `Secure` and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The full address of a path of this server, for mails and feeds.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base_url.trim_end_matches('/'), path.trim_start_matches('/'))
    }

    /// True where the headers of this peer about the original request are believed.
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(peer))
    }
}

/// A range of addresses: `10.0.0.0/8`, `::1`, `127.0.0.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// True where the address lies in this range. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - u32::from(self.bits.min(32));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128 - u32::from(self.bits.min(128));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

impl std::str::FromStr for Network {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::internal(format!("`{text}` is no network: write `10.0.0.0/8` or `127.0.0.1`"));
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse::<u8>().map_err(|_| wrong()))?;
        if bits > most { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses() {
        let inside = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse::<IpAddr>().unwrap())
        };
        assert!(inside("10.0.0.0/8", "10.200.3.4"));
        assert!(!inside("10.0.0.0/8", "11.0.0.1"));
        assert!(inside("0.0.0.0/0", "203.0.113.9"));
        assert!(inside("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(inside("fd00::/8", "fd12::1"));
        assert!(!inside("::1", "127.0.0.1"));
        for wrong in ["", "10.0.0.0/33", "host", "10.0.0.0/x"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_has_one_slash() {
        let settings = Settings { base_url: "https://learn.example.org/".into(), ..Settings::default() };
        assert_eq!(settings.url("/courses"), "https://learn.example.org/courses");
        assert!(settings.is_https());
    }
}
