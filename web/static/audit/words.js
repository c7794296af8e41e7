// Every sentence that these scripts say.

export const number = (value) => value.toLocaleString("vi-VN");

export const REFUSED = {
  "not-a-key": () => "Đây không phải khóa kiểm tra (tên+mã+khóa, trên một dòng).",
  "not-a-seal": () => "Đây không phải một niêm phong đã ký.",
  "other-key": ({ key }) => `Khóa này (${key}) không ký niêm phong đang xem: không nhận.`,
  "false-signature": ({ key }) => `Chữ ký mang tên ${key} là giả.`,
  "no-ed25519": () => "Trình duyệt này chưa kiểm được chữ ký Ed25519.",
  "no-crypto": () => "Trình duyệt chỉ kiểm được khi mở trang bằng HTTPS hoặc trên chính máy chủ.",
  "no-seal": () => "Chưa đọc được niêm phong từ máy chủ.",
  "other-log": ({ origin }) => `Niêm phong này là của sổ khác: ${origin}.`,
  shrank: ({ old, size }) => `Sổ ngắn lại: đã niêm phong ${number(old)} mục, nay còn ${number(size)}.`,
  forked: ({ old }) => `Sổ bị viết lại: ${number(old)} mục đầu không còn như đã niêm phong.`,
  unreadable: ({ path }) => `Không đọc được ${path}.`,
  leaf: ({ position }) => `Mục #${number(position)}: nội dung công khai không khớp băm của lá.`,
  block: ({ first, last }) => `Từ mục #${number(first)} đến #${number(last)}: băm không khớp tầng trên.`,
  root: ({ size }) => `Cây băm của ${number(size)} mục không dẫn đến gốc đã niêm phong.`,
  network: () => "Mất kết nối với máy chủ. Hãy thử lại.",
};

// Where it is not the register that is at fault, but the means to check it here.
export const HERE = new Set(["no-ed25519", "no-crypto", "no-seal", "network", "not-a-key", "not-a-seal"]);

export const why = (error) => (REFUSED[error.code] ?? REFUSED.network)(error.facts ?? {});

export const SAYS = {
  signed: (name) => `Chữ ký đúng, theo khóa ${name}.`,
  ownKey: "Đây là khóa bạn tự giữ.",
  serverKey: "Khóa do máy chủ đưa. Muốn chắc hơn, hãy dùng khóa bạn tự giữ.",
  first: "Trình duyệt này thấy sổ lần đầu; từ nay nhớ niêm phong này để so.",
  continued: (size) => `Nối tiếp niêm phong ${number(size)} mục mà trình duyệt này đã thấy.`,
  unchanged: "Đúng niêm phong mà trình duyệt này đã thấy lần trước.",
  kept: (size) => `Nối tiếp niêm phong ${number(size)} mục bạn đưa vào: chưa mục nào trong đó bị đổi.`,
  keptKey: "Niêm phong bạn đưa vào không do khóa này ký; chỉ so nội dung.",
  keyChanged: "Khóa khác với lần trước. Hãy hỏi người quản trị khóa đổi khi nào, vì sao.",
  witness: (name, time) => `${name} đồng ký${time ? ` lúc ${new Date(time * 1000).toLocaleString("vi-VN")}` : ""}; chưa kiểm vì chưa có khóa.`,
  good: "Đã kiểm trong trình duyệt này",
  bad: "Không khớp",
  unknown: "Chưa kiểm được ở đây",
  checking: "Đang kiểm…",
  whole: (size, seconds) => `${number(size)} mục, gốc khớp niêm phong. Mất ${number(Math.round(seconds * 10) / 10)} giây.`,
  progress: (done, size) => `${number(done)} / ${number(size)} mục`,
  step: (at, count) => `bước ${at} trên ${count}`,
};

const STAGES = { nurture: "Bồi dưỡng", summarize: "Tổng kết", replicate: "Nhân điển hình", discover: "Phát hiện" };

// What a leaf's public text calls an entry.
export const kind = (name) => {
  const known = {
    entry: "Mục khác",
    "candidate-discovered": "Phát hiện",
    "exemplar-recognized": "Công nhận",
    "candidacy-completed": "Hoàn thành",
  };
  const [, move, to] = /^stage-(advanced|returned)-(\w+)$/.exec(name) ?? [];
  return known[name] ?? `${move === "advanced" ? "Chuyển sang" : "Trả lại"} ${STAGES[to] ?? ""}`;
};
