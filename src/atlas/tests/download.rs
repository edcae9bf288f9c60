use super::*;
use crate::atlas::audit_logs::{DOWNLOAD, Window};
use crate::atlas::{Cause, Download};

async fn start(url: &Url) -> Download {
    let window = Window { start: Some(1), end: None, processor: Some("p 1".to_owned()) };
    client(url, Credential::None).instance_log(&DOWNLOAD, "p", "inst", &window).await.unwrap()
}

#[tokio::test]
async fn a_download_tells_its_name_and_length() {
    let (url, log) = serve(|_, _| {
        let name = r#"attachment; filename="a_2026-08-10T03:12:58Z_audit.log.gz""#;
        with(json(200, "0123456789"), "content-disposition", name)
    })
    .await;
    let mut download = start(&url).await;
    assert_eq!(download.filename.as_deref(), Some("a_2026-08-10T03:12:58Z_audit.log.gz"));
    assert_eq!(download.length, Some(10));
    let mut bytes = Vec::new();
    while let Some(piece) = download.chunk().await.unwrap() {
        bytes.extend(piece);
    }
    assert_eq!(bytes, b"0123456789");
    let log = log.lock().unwrap();
    assert!(log[0].target.ends_with("/streams/inst/auditLogs?startDate=1&spName=p%201"));
    assert_eq!(log[0].header("accept"), "application/vnd.atlas.2023-02-01+gzip");
}

#[tokio::test]
async fn an_empty_log_is_a_success() {
    let (url, _) = serve(|_, _| json(200, "")).await;
    assert_eq!(start(&url).await.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_cut_is_an_error_once_bytes_were_handed_out_and_not_repeated() {
    let (url, log) = serve(|_, _| cut("half")).await;
    let window = Window::default();
    let error =
        match client(&url, Credential::None).instance_log(&DOWNLOAD, "p", "inst", &window).await {
            Ok(mut download) => {
                assert_eq!(download.chunk().await.unwrap().unwrap(), "half");
                assert_eq!(log.lock().unwrap().len(), 1);
                download.chunk().await.unwrap_err()
            }
            // The cut may overtake the first bytes; then nothing was handed out.
            Err(error) => error,
        };
    assert_eq!(error.cause(), Cause::Cut);
    assert!(error.to_string().starts_with("cannot download the audit log of instance inst: "));
}

#[tokio::test]
async fn a_refused_download_is_classified() {
    let (url, _) = serve(|_, _| json(403, r#"{"errorCode":"USER_UNAUTHORIZED"}"#)).await;
    let window = Window::default();
    let log = client(&url, Credential::None).instance_log(&DOWNLOAD, "p", "inst", &window).await;
    let error = log.err().unwrap();
    let error = crate::error::Error::from(error);
    assert_eq!(error.kind(), crate::error::Kind::NotPermitted);
    assert!(error.hints()[0].contains("Project"), "{:?}", error.hints());
}
