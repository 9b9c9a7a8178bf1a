//! As much HTTP/1.1 as a measurement needs: a request that was written beforehand, an answer that is read to its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::{Error, Result};

/// How long an answer may take.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// The longest head and the longest body that are read.
const HEAD_BYTES_MAX: u64 = 64 << 10;
const BODY_BYTES_MAX: usize = 64 << 20;

/// A request as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request(Vec<u8>);

impl Request {
    /// A page, for the holder of this session, compressed as browsers ask for it.
    pub fn get(path: &str, session: Option<&str>) -> Self {
        Self::new("GET", path, session, "accept-encoding: gzip, deflate, br, zstd\r\n")
    }

    /// A page as it is.
    pub fn get_plain(path: &str, session: Option<&str>) -> Self {
        Self::new("GET", path, session, "")
    }

    /// An empty form, sent from a page of the server.
    pub fn post(path: &str, session: Option<&str>) -> Self {
        let form =
            "sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 0\r\n";
        Self::new("POST", path, session, form)
    }

    fn new(method: &str, path: &str, session: Option<&str>, more: &str) -> Self {
        let cookie = session.map(|session| format!("cookie: session={session}\r\n")).unwrap_or_default();
        let head = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{cookie}{more}accept: text/html\r\n\r\n");
        Self(head.into_bytes())
    }
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header lines: name in lower case, value.
    pub headers: Vec<(String, String)>,
    /// The body as it came, compressed where it was.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A connection that is kept open.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    /// Connects.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).map_err(Error::io("connecting"))?;
        stream.set_nodelay(true).map_err(Error::io("connecting"))?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX)).map_err(Error::io("connecting"))?;
        Ok(Self { stream: BufReader::with_capacity(64 << 10, stream) })
    }

    /// Sends the request and reads the whole answer.
    pub fn ask(&mut self, request: &Request) -> Result<Answer> {
        self.stream.get_mut().write_all(&request.0).map_err(Error::io("sending a request"))?;
        read_answer(&mut self.stream)
    }
}

fn read_answer(from: &mut impl BufRead) -> Result<Answer> {
    let first = line(from)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut answer = Answer { status: status.ok_or_else(|| wrong("no status"))?, ..Answer::default() };
    let mut head_bytes = first.len() as u64;
    loop {
        let text = line(from)?;
        head_bytes += text.len() as u64;
        if head_bytes > HEAD_BYTES_MAX {
            return Err(wrong("its head is too long"));
        }
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or_else(|| wrong("a header without a colon"))?;
        answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = answer.header("content-length").map(str::parse::<usize>).transpose();
    match (length.map_err(|_| wrong("a length that is no number"))?, answer.header("transfer-encoding")) {
        (Some(length), _) => body(from, length, &mut answer.body)?,
        (None, Some("chunked")) => chunks(from, &mut answer.body)?,
        (None, _) => {}
    }
    Ok(answer)
}

fn line(from: &mut impl BufRead) -> Result<String> {
    let mut text = String::new();
    let read = from.take(HEAD_BYTES_MAX).read_line(&mut text).map_err(Error::io("reading an answer"))?;
    if read == 0 {
        return Err(wrong("the server closed the connection"));
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn body(from: &mut impl BufRead, length: usize, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    if start + length > BODY_BYTES_MAX {
        return Err(wrong("its body is too long"));
    }
    out.resize(start + length, 0);
    from.read_exact(&mut out[start..]).map_err(Error::io("reading an answer"))
}

fn chunks(from: &mut impl BufRead, out: &mut Vec<u8>) -> Result<()> {
    loop {
        let size = line(from)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16);
        let size = size.map_err(|_| wrong("a chunk without a size"))?;
        body(from, size, out)?;
        line(from)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn wrong(what: &str) -> Error {
    Error::Other(format!("an answer cannot be read: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Answer> {
        read_answer(&mut text.as_bytes())
    }

    #[test]
    fn an_answer_is_read_to_its_end() {
        let mut two: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\n";
        let first = read_answer(&mut two).unwrap();
        assert_eq!((first.status, first.body.as_slice()), (200, &b"abc"[..]));
        assert_eq!(read_answer(&mut two).unwrap().status, 204);
        let chunked =
            read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n");
        assert_eq!(chunked.unwrap().body, b"abc0123456789");
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for text in [
            "",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
