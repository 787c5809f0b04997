// The page between a person, their passkey and the OP. It recomputes what is to be signed and asks for no signature of anything else.
const texts = {
  ja: {
    title: 'パスキーで同意を確認する',
    language: 'English',
    enrolHeading: 'はじめて使う',
    enrolHelp: '窓口などで受け取った登録コードを入力してください。コードは一度だけ使えます。',
    ticket: '登録コード',
    enrol: 'この端末を登録する',
    signInHeading: 'お知らせを見る',
    signInHelp: '登録したパスキーで、あなたあてのお知らせを開きます。',
    signIn: 'パスキーで確認する',
    scopes: '渡してよいものを選んでください',
    open: 'お知らせを開く',
    consents: '同意の一覧を見る・撤回する',
    recipient: '受け取る医療機関',
    practitioner: '担当者',
    purpose: '使う目的',
    until: '見られる期限',
    message: '確認の文字',
    ready: '準備ができました。',
    busy: 'お待ちください。',
    enrolled: '登録しました。',
    'signed-in': '確認しました。お知らせを選んでください。',
    none: '確認しました。いま届いているお知らせはありません。',
    notice: '内容を読んで、選んでください。何も選ばずに断ることもできます。',
    agreed: '同意を受け付けました。',
    denied: '同意しないことを受け付けました。',
    refused: '受け付けられませんでした。',
    NotAllowedError: '取り消されたか、時間が過ぎました。もう一度お試しください。',
    InvalidStateError: 'この端末のパスキーは登録ずみです。',
    NotSupportedError: 'このブラウザーではパスキーを使えません。',
    unrecognised: '署名を求められた内容が、表示した内容と違います。中止しました。',
    'provider.ticket_unknown': '登録コードが違います。',
    'provider.ticket_replayed': 'この登録コードは使用ずみです。',
    'provider.ticket_expired': 'この登録コードは期限が過ぎています。',
    'provider.choice_refused': '渡すものを一つ以上選び、確認の欄にチェックを入れてください。',
    'provider.request_not_pending': 'このお知らせはもう決まっています。',
    'provider.request_expired': 'このお知らせは期限が過ぎました。',
    'provider.device_token_refused': '時間が過ぎました。もう一度パスキーで確認してください。',
    'provider.device_suspended': 'この端末は停止中です。窓口にご相談ください。',
    'provider.device_lost': 'この端末は紛失として届けられています。窓口にご相談ください。',
    'provider.account_suspended': 'いまはご利用になれません。窓口にご相談ください。',
    'provider.proofing_too_weak': '前の端末と同じ確かさの本人確認が必要です。窓口にご相談ください。',
  },
  en: {
    title: 'Confirm consent with a passkey',
    language: '日本語',
    enrolHeading: 'First use',
    enrolHelp: 'Enter the code that you were given at the desk. It works once.',
    ticket: 'Enrolment code',
    enrol: 'Enrol this device',
    signInHeading: 'See what waits for you',
    signInHelp: 'Open the messages for you with the passkey that you enrolled.',
    signIn: 'Confirm with passkey',
    scopes: 'Choose what may be passed on',
    open: 'Open the message',
    consents: 'See or take back my consents',
    recipient: 'Who receives it',
    practitioner: 'Who asks',
    purpose: 'What for',
    until: 'May be seen until',
    message: 'Check words',
    ready: 'Ready.',
    busy: 'Please wait.',
    enrolled: 'Enrolled.',
    'signed-in': 'Confirmed. Choose a message.',
    none: 'Confirmed. Nothing waits for you now.',
    notice: 'Read it and choose. You can refuse without choosing anything.',
    agreed: 'Your consent was taken.',
    denied: 'Your refusal was taken.',
    refused: 'This could not be done.',
    NotAllowedError: 'It was cancelled, or took too long. Please try again.',
    InvalidStateError: 'A passkey of this device is enrolled already.',
    NotSupportedError: 'This browser cannot use passkeys.',
    unrecognised: 'What was to be signed is not what was shown. Stopped.',
    'provider.ticket_unknown': 'The code is wrong.',
    'provider.ticket_replayed': 'This code was used before.',
    'provider.ticket_expired': 'This code is past its end.',
    'provider.choice_refused': 'Choose at least one thing, and tick the confirmation.',
    'provider.request_not_pending': 'This was decided already.',
    'provider.request_expired': 'This is past its end.',
    'provider.device_token_refused': 'Your time is over. Please confirm with your passkey again.',
    'provider.device_suspended': 'This device is suspended. Please ask at the desk.',
    'provider.device_lost': 'This device was reported lost. Please ask at the desk.',
    'provider.account_suspended': 'Not available now. Please ask at the desk.',
    'provider.proofing_too_weak': 'You have to be checked as well as for your earlier device. Please ask at the desk.',
  },
};

const $ = id => document.getElementById(id);
let language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ja';
let spoken = { state: 'ready', code: '', text: 'ready' };
let current = null;
let signedIn = null;

class Refusal extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts[language][element.dataset.text];
  for (const button of document.querySelectorAll('#requests button')) button.textContent = `${texts[language].open} ${button.dataset.number}`;
  $('language').lang = language === 'ja' ? 'en' : 'ja';
  document.title = texts[language].title;
  say(spoken.state, spoken.code, spoken.text);
  if (current) show(current.notice, ticked());
}

function say(state, code = '', text = state) {
  spoken = { state, code, text };
  const status = $('status');
  status.dataset.state = state;
  status.dataset.code = code;
  status.textContent = state === 'refused' ? texts[language][code] ?? `${texts[language].refused} (${code})` : texts[language][text];
}

const b64u = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const sha256 = async text => b64u(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

// RFC 8785: what JSON.stringify writes, with members in the order of their UTF-16 code units.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

async function call(path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
  const json = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Refusal(json.code);
  return json;
}

async function recognise(asked, ...lines) {
  if (asked.publicKey.challenge !== await sha256(lines.join('\n'))) throw new Refusal('unrecognised');
}

function supported() {
  if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new Refusal('NotSupportedError');
}

async function get(asked) {
  supported();
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.publicKey) });
  return call('webauthn/authentication', { ceremony: asked.ceremony, credential: credential.toJSON() });
}

async function enrol() {
  supported();
  const ticket = $('ticket').value.trim();
  const asked = await call('webauthn/registration/options', { ticket });
  await recognise(asked, 'MedId enrol v1', asked.nonce, await sha256(ticket), await sha256(''));
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked.publicKey) });
  await call('webauthn/registration', { ceremony: asked.ceremony, ticket, credential: credential.toJSON() });
  $('ticket').value = '';
  say('enrolled');
}

async function signIn() {
  close();
  const asked = await call('webauthn/authentication/options', { act: 'sign-in' });
  await recognise(asked, 'MedId sign-in v1', asked.nonce, await issuer());
  const done = await get(asked);
  const list = $('requests');
  list.replaceChildren(...done.requests.map((waiting, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.request = waiting.request;
    button.dataset.number = index + 1;
    button.textContent = `${texts[language].open} ${index + 1}`;
    button.addEventListener('click', () => run(() => open(waiting)));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
  signedIn = done.device_token;
  $('consents').hidden = false;
  say('signed-in', '', done.requests.length > 0 ? 'signed-in' : 'none');
}

// The page of consents needs no script: a link that works once leads to it.
async function consents() {
  const { link } = await call('device/dashboard/sessions', {}, signedIn);
  location.assign(`${link}&lang=${language}`);
}

async function issuer() {
  return (await call('.well-known/openid-configuration')).issuer;
}

async function open(waiting) {
  const { notice } = await call(`device/requests/${waiting.request}`, undefined, waiting.device_token);
  current = { ...waiting, notice };
  show(notice, []);
  $('confirmed').checked = false;
  say('notice');
  $('notice').focus();
}

function ticked() {
  return [...document.querySelectorAll('input[name="scope"]:checked')].map(box => box.value);
}

function show(notice, chosen) {
  $('notice').hidden = false;
  $('notice').lang = notice.language;
  $('notice-title').textContent = notice.title;
  $('notice-intro').textContent = notice.intro;
  const until = new Date(notice.access_until).toLocaleString(notice.language === 'en' ? 'en-GB' : 'ja-JP');
  const facts = [
    ['recipient', notice.recipient.name],
    ['practitioner', `${notice.practitioner.name} (${notice.practitioner.role}) ${notice.practitioner.organization}`],
    ['purpose', notice.purpose.text],
    ['until', until],
    ...(notice.binding_message ? [['message', notice.binding_message]] : []),
  ];
  $('notice-facts').replaceChildren(...facts.flatMap(([name, value]) => {
    const term = document.createElement('dt');
    term.textContent = texts[language][name];
    const description = document.createElement('dd');
    description.textContent = value;
    return [term, description];
  }));
  $('scopes').replaceChildren(...notice.categories.map((category, index) => {
    const line = document.createElement('div');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.name = 'scope';
    box.value = category.scope;
    box.id = `scope-${index}`;
    box.checked = chosen.includes(category.scope);
    const label = document.createElement('label');
    label.htmlFor = box.id;
    label.textContent = category.text;
    line.append(box, ' ', label);
    return line;
  }));
  const terms = [notice.reuse, ...(notice.about?.statements ?? []), ...(notice.about?.changes ?? [])];
  $('notice-terms').replaceChildren(...terms.filter((term) => term?.text).map((term) => {
    const line = document.createElement('li');
    line.textContent = term.text;
    return line;
  }));
  $('notice-withdrawal').textContent = notice.withdrawal;
  $('confirmed-label').textContent = notice.confirmation;
  $('agree').textContent = notice.agree;
  $('deny').textContent = notice.deny;
}

function close() {
  current = null;
  $('notice').hidden = true;
  $('requests').replaceChildren();
}

async function agree() {
  const granted = ticked();
  const confirmed = $('confirmed').checked;
  const asked = await call('webauthn/authentication/options', { act: 'consent', request: current.request, confirmed, granted }, current.device_token);
  const choice = JSON.parse(asked.choice);
  const refused = current.notice.categories.map(category => category.scope).filter(scope => !granted.includes(scope));
  if (canonical(choice) !== canonical({ button: 'agree', confirmed: true, granted, refused })) throw new Refusal('unrecognised');
  if (asked.digest !== await sha256(canonical({ choice, notice: current.notice }))) throw new Refusal('unrecognised');
  await recognise(asked, 'MedId consent v1', asked.nonce, asked.digest);
  await get(asked);
  close();
  say('agreed');
}

async function deny() {
  await call(`device/requests/${current.request}/denial`, { confirmed: true }, current.device_token);
  close();
  say('denied');
}

async function run(act) {
  say('busy');
  try {
    await act();
  } catch (failure) {
    say('refused', failure.code && typeof failure.code === 'string' ? failure.code : failure.name);
    $('status').focus();
  }
}

$('language').addEventListener('click', () => {
  language = language === 'ja' ? 'en' : 'ja';
  translate();
});
$('enrol').addEventListener('click', () => run(enrol));
$('sign-in').addEventListener('click', () => run(signIn));
$('agree').addEventListener('click', () => run(agree));
$('consents').addEventListener('click', () => run(consents));
$('deny').addEventListener('click', () => run(deny));
translate();
