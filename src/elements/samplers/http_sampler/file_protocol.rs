//! Requests with the protocol `file`: the path is read instead (`HTTPFileImpl`).

use std::pin::pin;

use bytes::Bytes;

use super::body::unreadable;
use super::visit::{Hop, Visit, fail};
use crate::elements::samplers::Sampled;
use crate::java::Url;
use crate::model::{DataType, SampleResult};

impl Visit<'_> {
    pub(super) async fn read_file(&self, url: &Url, hop: Hop) -> Sampled {
        let mut result = self.starting(url, "GET")?;
        result.label = url.text().clone();
        let encoding = self.sampler.address.encoding(&mut self.vu.lock())?.into_owned();
        let path = std::path::PathBuf::from(url.path());
        let most = self.most_stored;
        let read = self.handle.guard(self.deadline, pin!(tokio::fs::read(&path))).await;
        result.end = self.clock.now();
        match read {
            Ok(Ok(bytes)) => fill(&mut result, &bytes.into(), most, encoding),
            Ok(Err(error)) => {
                fail(&mut result, unreadable(&path, &error))?;
                return Ok(Some(result));
            }
            Err(_interrupted) => {
                fail(&mut result, super::failure::interrupted())?;
                return Ok(Some(result));
            }
        }
        self.process(result, hop).await.map(Some)
    }
}

fn fill(result: &mut SampleResult, data: &Bytes, most: usize, encoding: String) {
    result.body_size = data.len() as u64;
    result.response_data = data.slice(..data.len().min(most));
    result.set_ok();
    result.data_type = DataType::Text;
    result.content_type = format!("text/html; charset={encoding}").into();
    result.data_encoding = encoding.into();
}
