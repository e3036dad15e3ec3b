// Questions to the service: JSON, bytes, and heavy questions that become jobs.

/** A problem (RFC 9457) as the page throws it. */
export class Problem extends Error {
  /** @param {any} document */
  constructor(document) {
    super(document.detail ?? "Something went wrong.");
    this.detail = document.detail;
    this.status = document.status ?? 0;
    this.errors = document.errors ?? [];
  }
}

/** Whether what was thrown only says that a newer question took over. */
export const isAborted = (error) => error?.name === "AbortError";

async function reply(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (isAborted(error)) throw error;
    throw new Problem({ detail: "The service does not answer. Is it still running?" });
  }
  if (response.ok) return response;
  const document = await response.json().catch(() => null);
  throw new Problem(document ?? { detail: `The service answered ${response.status}.`, status: response.status });
}

/** @returns {Promise<any>} */
export async function ask(path, { signal } = /** @type {any} */ ({})) {
  return (await reply(path, { headers: { Accept: "application/json" }, signal })).json();
}

/** @returns {Promise<ArrayBuffer>} */
export async function askBytes(path, { signal } = /** @type {any} */ ({})) {
  return (await reply(path, { signal })).arrayBuffer();
}

/**
 * A heavy question: the answer at once, or a job that is followed to its end.
 * @param {string} path
 * @param {any} body null: the question stands in the path
 * @param {{onJob?: (job: any) => void, signal?: AbortSignal}} [how]
 * @returns {Promise<{answer: any, job: any}>}
 */
export async function askHeavy(path, body, { onJob = () => {}, signal } = {}) {
  const headers = { Accept: "application/json" };
  const response = await reply(path, body === null ? { headers, signal }
    : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
  const answer = await response.json();
  if (response.status !== 202) return { answer, job: null };
  onJob(answer);
  const job = await followed(answer, onJob, signal);
  return { answer: await resultOf(job), job };
}

/** The answer of a job that is done; a problem otherwise. */
export async function resultOf(job) {
  if (job.state !== "done") throw new Problem(job.problem ?? { detail: `The job is ${job.state}.` });
  return ask(`/v1/jobs/${job.id}/result`);
}

/** Follows a job by its events until it has ended. @returns {Promise<any>} */
export function followed(job, onJob, signal) {
  if (isFinal(job)) return Promise.resolve(job);
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/v1/jobs/${job.id}/events`);
    const stop = () => { events.close(); reject(new DOMException("a newer question", "AbortError")); };
    signal?.addEventListener("abort", stop, { once: true });
    events.addEventListener("progress", (event) => onJob(JSON.parse(event.data).job ?? JSON.parse(event.data)));
    events.addEventListener("end", (event) => {
      events.close();
      signal?.removeEventListener("abort", stop);
      const ended = JSON.parse(event.data);
      resolve(ended.job ?? ended);
    });
  });
}

export const isFinal = (job) => ["done", "failed", "cancelled", "interrupted"].includes(job.state);
/** What a job in the address answered: waits for it when it is under way. */
export async function answerOfJob(id, { onJob = () => {}, signal } = /** @type {any} */ ({})) {
  const { job } = await ask(`/v1/jobs/${encodeURIComponent(id)}`, { signal });
  return resultOf(await followed(job, onJob, signal));
}

export const endJob = (id) => reply(`/v1/jobs/${id}`, { method: "DELETE" });
