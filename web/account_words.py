"""What Flask-Security says, in Vietnamese."""

from __future__ import annotations

from web.languages import Later

_SENTENCES = {
    "error": {
        "API_ERROR": Later("Dữ liệu gửi lên không đúng dạng."),
        "GENERIC_AUTHN_FAILED": (
            Later(
                "Thư điện tử hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa. "
                "Hãy thử lại; nếu đã sai 5 lần, xin đợi 15 phút."
            )
        ),
        "UNAUTHORIZED": Later("Bạn không có quyền xem trang này."),
        "REAUTHENTICATION_REQUIRED": Later("Xin đăng nhập lại để tiếp tục."),
        "INVALID_CONFIRMATION_TOKEN": Later("Mã xác nhận không hợp lệ."),
        "EMAIL_ALREADY_ASSOCIATED": Later("Địa chỉ %(email)s đã có tài khoản."),
        "IDENTITY_ALREADY_ASSOCIATED": Later("%(attr)s “%(value)s” đã có tài khoản."),
        "IDENTITY_NOT_REGISTERED": Later(
            "Địa chỉ mà nơi ấy xác nhận chưa có tài khoản ở sổ này. Hãy nhờ quản trị viên, "
            "hoặc đăng nhập bằng mật khẩu."
        ),
        "OAUTH_HANDSHAKE_ERROR": (
            Later(
                "Nơi đăng nhập ấy không cho vào (%(exerror)s %(exdesc)s). "
                "Hãy thử lại, hoặc đăng nhập bằng mật khẩu."
            )
        ),
        "PASSWORD_MISMATCH": Later("Mật khẩu không khớp."),
        "RETYPE_PASSWORD_MISMATCH": Later("Hai lần nhập mật khẩu không giống nhau."),
        "INVALID_REDIRECT": Later("Không được chuyển sang trang ngoài."),
        "INVALID_RECOVERY_CODE": Later("Mã dự phòng không đúng hoặc đã dùng."),
        "PASSWORD_RESET_EXPIRED": Later(
            "Liên kết đặt lại mật khẩu chỉ dùng được trong %(within)s và đã quá hạn. "
            "Hãy xin liên kết mới."
        ),
        "INVALID_RESET_PASSWORD_TOKEN": Later(
            "Liên kết đặt lại mật khẩu này không dùng được: đã dùng một lần, hoặc chép không đủ. "
            "Hãy xin liên kết mới."
        ),
        "CONFIRMATION_REQUIRED": Later("Địa chỉ thư điện tử chưa được xác nhận."),
        "CONFIRMATION_EXPIRED": Later("Đã quá hạn %(within)s để xác nhận địa chỉ thư điện tử."),
        "LOGIN_EXPIRED": (
            Later("Đã quá hạn %(within)s để đăng nhập. Hướng dẫn mới đã được gửi đến %(email)s.")
        ),
        "INVALID_LOGIN_TOKEN": Later("Mã đăng nhập không hợp lệ."),
        "DISABLED_ACCOUNT": Later("Tài khoản đã bị đóng."),
        "EMAIL_NOT_PROVIDED": Later("Chưa nhập địa chỉ thư điện tử."),
        "INVALID_EMAIL_ADDRESS": Later("Địa chỉ thư điện tử không đúng."),
        "INVALID_CODE": Later("Mã không đúng."),
        "INVALID_INPUT": Later("Giá trị không hợp lệ."),
        "INVALID_INPUT_LENGTH": Later("Giá trị quá dài."),
        "PASSWORD_NOT_PROVIDED": Later("Chưa nhập mật khẩu."),
        "PASSWORD_INVALID_LENGTH": Later("Mật khẩu phải có ít nhất %(length)s ký tự."),
        "PASSWORD_TOO_SIMPLE": Later("Mật khẩu quá đơn giản."),
        "PASSWORD_BREACHED": Later("Mật khẩu này đã từng bị lộ ở nơi khác."),
        "PASSWORD_BREACHED_SITE_ERROR": Later("Không hỏi được danh sách mật khẩu bị lộ."),
        "PHONE_INVALID": Later("Số điện thoại không đúng, có thể thiếu mã nước."),
        "USER_DOES_NOT_EXIST": Later("Không có tài khoản này."),
        "INVALID_PASSWORD": Later("Mật khẩu không đúng."),
        "INVALID_PASSWORD_CODE": Later("Mật khẩu hoặc mã không đúng."),
        "PASSWORD_IS_THE_SAME": Later("Mật khẩu mới phải khác mật khẩu cũ."),
        "REFRESH_TOKEN_INVALID": Later("Mã gia hạn không hợp lệ (%(reason)s)."),
        "ANONYMOUS_USER_REQUIRED": Later("Trang này chỉ dành cho người chưa đăng nhập."),
        "FAILED_TO_SEND_CODE": Later("Không gửi được mã. Xin thử lại sau."),
        "TWO_FACTOR_INVALID_TOKEN": Later("Mã không đúng hoặc đã dùng. Hãy đợi mã kế tiếp."),
        "TWO_FACTOR_PERMISSION_DENIED": Later("Bạn không có quyền xem trang này."),
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": Later("Cách xác thực này không dùng được."),
        "TWO_FACTOR_SETUP_EXPIRED": Later("Đã quá hạn %(within)s để thiết lập. Xin làm lại."),
        "US_METHOD_NOT_AVAILABLE": Later("Cách đăng nhập này không dùng được."),
        "US_SETUP_EXPIRED": Later("Đã quá hạn %(within)s để thiết lập. Xin làm lại."),
        "US_SPECIFY_IDENTITY": Later("Chưa nhập tài khoản để đăng nhập."),
        "USERNAME_INVALID_LENGTH": Later("Tên đăng nhập phải có từ %(min)d đến %(max)d ký tự."),
        "USERNAME_DISALLOWED_CHARACTERS": Later("Tên đăng nhập chỉ gồm chữ và số."),
        "USERNAME_NOT_PROVIDED": Later("Chưa nhập tên đăng nhập."),
        "USERNAME_ALREADY_ASSOCIATED": Later("Tên %(username)s đã có tài khoản."),
        "WEBAUTHN_EXPIRED": Later("Đã quá hạn %(within)s để dùng khóa. Xin làm lại."),
        "WEBAUTHN_NAME_REQUIRED": Later("Chưa đặt tên cho khóa mới."),
        "WEBAUTHN_NAME_INUSE": Later("Đã có khóa tên %(name)s."),
        "WEBAUTHN_NAME_NOT_FOUND": Later("Bạn không có khóa tên %(name)s."),
        "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": Later("Tên khóa chỉ gồm chữ, số và vài dấu câu."),
        "WEBAUTHN_CREDENTIAL_ID_INUSE": Later("Khóa này đã được đăng ký."),
        "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": Later("Khóa này chưa được đăng ký."),
        "WEBAUTHN_ORPHAN_CREDENTIAL_ID": Later("Khóa này không thuộc tài khoản nào."),
        "WEBAUTHN_NO_VERIFY": Later("Không kiểm tra được khóa: %(cause)s."),
        "WEBAUTHN_CREDENTIAL_WRONG_USAGE": Later("Khóa này không dùng cho bước này."),
        "WEBAUTHN_MISMATCH_USER_HANDLE": Later("Khóa không khớp với tài khoản."),
        "CHANGE_EMAIL_EXPIRED": Later("Đã quá hạn %(within)s để xác nhận. Xin làm lại."),
    },
    "info": {
        "UNAUTHENTICATED": Later("Mời đăng nhập để xem trang này."),
        "LOGIN": Later("Mời đăng nhập để xem trang này."),
        "REFRESH": Later("Xin đăng nhập lại để xem trang này."),
        "GENERIC_RECOVERY": (
            Later("Nếu địa chỉ này có tài khoản, hướng dẫn đặt lại mật khẩu sẽ được gửi đến đó.")
        ),
        "GENERIC_US_SIGNIN": Later("Nếu có tài khoản này, mã đã được gửi cho bạn."),
        "ALREADY_CONFIRMED": Later("Địa chỉ thư điện tử đã được xác nhận từ trước."),
        "NO_RECOVERY_CODES_SETUP": Later("Chưa có mã dự phòng nào."),
        "PASSWORD_RESET_REQUEST": Later(
            "Nếu %(email)s có tài khoản ở sổ này, thư với liên kết đặt lại mật khẩu đang được gửi "
            "đến đó. Không thấy thư thì xem hộp thư rác, hoặc nhờ quản trị viên tạo liên kết."
        ),
        "CONFIRMATION_REQUEST": Later("Hướng dẫn xác nhận đã được gửi đến %(email)s."),
        "FORGOT_PASSWORD": Later("Quên mật khẩu?"),
        "REAUTHENTICATION_SUCCESSFUL": Later("Đã đăng nhập lại."),
        "CODE_HAS_BEEN_SENT": Later("Đã gửi mã."),
        "US_CURRENT_METHODS": Later("Các cách đăng nhập đang dùng: %(method_list)s."),
        "US_SETUP_SUCCESSFUL": Later("Đã thiết lập cách đăng nhập."),
        "USE_CODE": Later("Dùng mã này để đăng nhập: %(code)s"),
        "WEBAUTHN_CREDENTIAL_DELETED": Later("Đã xóa khóa %(name)s."),
        "WEBAUTHN_REGISTER_SUCCESSFUL": Later("Đã thêm khóa %(name)s."),
        "USERNAME_RECOVERY_REQUEST": (
            Later("Nếu có tài khoản, tên đăng nhập sẽ được gửi đến thư điện tử của bạn.")
        ),
    },
    "success": {
        "CONFIRM_REGISTRATION": (
            Later("Cảm ơn bạn. Hãy mở liên kết trong thư vừa gửi đến %(email)s để xác nhận.")
        ),
        "EMAIL_CONFIRMED": Later("Cảm ơn bạn. Địa chỉ thư điện tử đã được xác nhận."),
        "LOGIN_EMAIL_SENT": Later("Hướng dẫn đăng nhập đã được gửi đến %(email)s."),
        "PASSWORDLESS_LOGIN_SUCCESSFUL": Later("Bạn đã đăng nhập."),
        "PASSWORD_RESET": Later("Đã đặt lại mật khẩu và đăng nhập."),
        "PASSWORD_RESET_NO_LOGIN": Later("Đã đặt lại mật khẩu. Xin đăng nhập bằng mật khẩu mới."),
        "PASSWORD_CHANGE": Later("Đã đổi mật khẩu."),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": Later("Đã đăng nhập."),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": Later(
            "Đã thiết lập xác thực hai bước. Hãy tạo mã dự phòng, phòng khi mất điện thoại."
        ),
        "TWO_FACTOR_DISABLED": Later("Đã tắt xác thực hai bước."),
        "USERNAME_CHANGE": Later("Đã đổi tên đăng nhập."),
        "CHANGE_EMAIL_CONFIRMED": Later("Đã đổi địa chỉ thư điện tử."),
        "CHANGE_EMAIL_SENT": Later("Hướng dẫn xác nhận địa chỉ mới đã được gửi đến %(email)s."),
    },
}

MESSAGES = {
    name: (sentence, category)
    for category, sentences in _SENTENCES.items()
    for name, sentence in sentences.items()
}
