// Every sentence that these scripts say, in the language of the page.

const ENGLISH = globalThis.document?.documentElement.lang === "en";
const say = (vi, en) => (ENGLISH ? en : vi);
const LOCALE = say("vi-VN", "en-GB");

export const number = (value) => value.toLocaleString(LOCALE);

export const REFUSED = {
  "not-a-key": () => say("Đây không phải khóa kiểm tra (tên+mã+khóa, trên một dòng).", "This is not a verifier key (name+id+key, on one line)."),
  "not-a-seal": () => say("Đây không phải một niêm phong đã ký.", "This is not a signed seal."),
  "other-key": ({ key }) => say(`Khóa này (${key}) không ký niêm phong đang xem: không nhận.`, `This key (${key}) has not signed the seal shown: not accepted.`),
  "false-signature": ({ key }) => say(`Chữ ký mang tên ${key} là giả.`, `The signature in the name of ${key} is false.`),
  "no-ed25519": () => say("Trình duyệt này chưa kiểm được chữ ký Ed25519.", "This browser cannot check Ed25519 signatures yet."),
  "no-crypto": () => say("Trình duyệt chỉ kiểm được khi mở trang bằng HTTPS hoặc trên chính máy chủ.", "A browser can check only over HTTPS or on the server itself."),
  "no-seal": () => say("Chưa đọc được niêm phong từ máy chủ.", "The seal could not be read from the server."),
  "other-log": ({ origin }) => say(`Niêm phong này là của sổ khác: ${origin}.`, `This seal is of another register: ${origin}.`),
  shrank: ({ old, size }) => say(
    `Sổ ngắn lại: đã niêm phong ${number(old)} mục, nay còn ${number(size)}.`,
    `The register has shrunk: ${number(old)} entries were sealed, now there are ${number(size)}.`,
  ),
  forked: ({ old }) => say(
    `Sổ bị viết lại: ${number(old)} mục đầu không còn như đã niêm phong.`,
    `The register was rewritten: the first ${number(old)} entries are no longer as sealed.`,
  ),
  unreadable: ({ path }) => say(`Không đọc được ${path}.`, `${path} cannot be read.`),
  leaf: ({ position }) => say(
    `Mục #${number(position)}: nội dung công khai không khớp băm của lá.`,
    `Entry #${number(position)}: the public text does not match the hash of its leaf.`,
  ),
  block: ({ first, last }) => say(
    `Từ mục #${number(first)} đến #${number(last)}: băm không khớp tầng trên.`,
    `Entries #${number(first)} to #${number(last)}: the hash does not match the level above.`,
  ),
  root: ({ size }) => say(
    `Cây băm của ${number(size)} mục không dẫn đến gốc đã niêm phong.`,
    `The hash tree of ${number(size)} entries does not lead to the sealed root.`,
  ),
  network: () => say("Mất kết nối với máy chủ. Hãy thử lại.", "The connection to the server was lost. Please try again."),
};

// Where it is not the register that is at fault, but the means to check it here.
export const HERE = new Set(["no-ed25519", "no-crypto", "no-seal", "network", "not-a-key", "not-a-seal"]);

export const why = (error) => (REFUSED[error.code] ?? REFUSED.network)(error.facts ?? {});

const cosigned = (time) => (time ? say(" lúc ", " at ") + new Date(time * 1000).toLocaleString(LOCALE) : "");

export const SAYS = {
  signed: (name) => say(`Chữ ký đúng, theo khóa ${name}.`, `The signature is right, by the key ${name}.`),
  ownKey: say("Đây là khóa bạn tự giữ.", "This is the key you keep yourself."),
  serverKey: say("Khóa do máy chủ đưa. Muốn chắc hơn, hãy dùng khóa bạn tự giữ.", "The key comes from the server. To be surer, use a key you keep yourself."),
  first: say("Trình duyệt này thấy sổ lần đầu; từ nay nhớ niêm phong này để so.", "This browser sees the register for the first time; it will remember this seal to compare."),
  continued: (size) => say(
    `Nối tiếp niêm phong ${number(size)} mục mà trình duyệt này đã thấy.`,
    `Continues the seal of ${number(size)} entries that this browser saw.`,
  ),
  unchanged: say("Đúng niêm phong mà trình duyệt này đã thấy lần trước.", "The very seal that this browser saw last time."),
  kept: (size) => say(
    `Nối tiếp niêm phong ${number(size)} mục bạn đưa vào: chưa mục nào trong đó bị đổi.`,
    `Continues the seal of ${number(size)} entries that you gave: none of them was changed.`,
  ),
  keptKey: say("Niêm phong bạn đưa vào không do khóa này ký; chỉ so nội dung.", "The seal you gave was not signed by this key; only its content is compared."),
  keyChanged: say("Khóa khác với lần trước. Hãy hỏi người quản trị khóa đổi khi nào, vì sao.", "The key differs from last time. Ask the administrator when it changed, and why."),
  witness: (name, time) => say(
    `${name} đồng ký${cosigned(time)}; chưa kiểm vì chưa có khóa.`,
    `${name} cosigned${cosigned(time)}; not checked, as its key is not here.`,
  ),
  good: say("Đã kiểm trong trình duyệt này", "Checked in this browser"),
  bad: say("Không khớp", "Does not match"),
  unknown: say("Chưa kiểm được ở đây", "Cannot be checked here"),
  checking: say("Đang kiểm…", "Checking…"),
  whole: (size, seconds) => say(
    `${number(size)} mục, gốc khớp niêm phong. Mất ${number(Math.round(seconds * 10) / 10)} giây.`,
    `${number(size)} entries, the root matches the seal. It took ${number(Math.round(seconds * 10) / 10)} seconds.`,
  ),
  progress: (done, size) => `${number(done)} / ${number(size)} ${say("mục", "entries")}`,
  step: (at, count) => say(`bước ${at} trên ${count}`, `step ${at} of ${count}`),
};

const STAGES = {
  nurture: say("Bồi dưỡng", "Nurture"),
  summarize: say("Tổng kết", "Summarize"),
  replicate: say("Nhân điển hình", "Replicate"),
  discover: say("Phát hiện", "Discover"),
};

// What a leaf's public text calls an entry.
export const kind = (name) => {
  const known = {
    entry: say("Mục khác", "Other entries"),
    "candidate-discovered": STAGES.discover,
    "exemplar-recognized": say("Công nhận", "Recognized"),
    "candidacy-completed": say("Hoàn thành", "Completed"),
  };
  const [, move, to] = /^stage-(advanced|returned)-(\w+)$/.exec(name) ?? [];
  return known[name] ?? `${move === "advanced" ? say("Chuyển sang", "Advanced to") : say("Trả lại", "Returned to")} ${STAGES[to] ?? ""}`;
};
