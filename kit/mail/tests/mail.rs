//! Mails kept in a folder, and mails sent to a small SMTP server.

#![allow(clippy::unwrap_used, clippy::allow_attributes, missing_docs)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use mail::{MailConfig, Mailer, Message, Security};

fn message(subject: &str) -> Message {
    Message {
        to_name: "Ana Marín".to_owned(),
        to: "ana@example.org".to_owned(),
        subject: subject.to_owned(),
        text: "Hello Ana".to_owned(),
        reply_to: None,
    }
}

#[tokio::test]
async fn the_outbox_can_be_read_and_no_line_becomes_a_header() {
    let dir = tempfile::tempdir().unwrap();
    let mailer =
        Mailer::new(&MailConfig::Outbox { dir: dir.path().to_owned(), from: "Stoa <stoa@example.org>".to_owned() })
            .unwrap();
    mailer.send(&message("First")).await.unwrap();
    mailer.send(&message("Second\r\nBcc: eve@example.org")).await.unwrap();
    let mails = mailer.outbox();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[1].subject, "First");
    let eml = std::fs::read_to_string(dir.path().join(format!("{}.eml", mails[0].id))).unwrap();
    assert!(!eml.lines().any(|line| line.starts_with("Bcc:")), "{eml}");
    let wrong = mailer.send(&Message { to: "nobody".to_owned(), ..message("x") }).await.unwrap_err();
    assert!(!wrong.is_temporary());
}

/// Speaks just enough SMTP for one mail; answers what it heard. `verdict` is its word on the recipient.
fn server(verdict: &'static str) -> (u16, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        let (mut heard, mut line, mut in_data) = (String::new(), String::new(), false);
        stream.write_all(b"220 test\r\n").unwrap();
        while lines.read_line(&mut line).unwrap_or(0) > 0 {
            heard.push_str(&line);
            let answer = match line.trim_end() {
                "." if in_data => {
                    in_data = false;
                    "250 taken"
                }
                _ if in_data => "",
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").unwrap();
                    break;
                }
                command if command.starts_with("RCPT") => verdict,
                _ => "250 ok",
            };
            if !answer.is_empty() {
                stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
            }
            line.clear();
        }
        heard
    });
    (port, heard)
}

fn smtp(port: u16) -> Mailer {
    let (host, from) = ("127.0.0.1".to_owned(), "stoa@example.org".to_owned());
    Mailer::new(&MailConfig::Smtp { host, port, security: Security::None, login: None, from }).unwrap()
}

#[tokio::test]
async fn a_mail_reaches_the_server() {
    let (port, heard) = server("250 ok");
    let mailer = smtp(port);
    mailer.send(&message("Grüße")).await.unwrap();
    drop(mailer);
    let heard = heard.join().unwrap();
    assert!(heard.contains("RCPT TO:<ana@example.org>") && heard.contains("Hello Ana"), "{heard}");
}

#[tokio::test]
async fn a_refusal_for_now_is_told_from_one_for_good() {
    for (verdict, temporary) in [("450 later", true), ("550 no such person", false)] {
        let (port, _) = server(verdict);
        let refused = smtp(port).send(&message("x")).await.unwrap_err();
        assert_eq!(refused.is_temporary(), temporary, "{refused}");
    }
    let nobody = smtp(1).send(&message("x")).await.unwrap_err();
    assert!(nobody.is_temporary());
}
