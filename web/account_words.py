"""What Flask-Security says, in Vietnamese."""

from __future__ import annotations

_SENTENCES = {
    "error": {
        "API_ERROR": "Dữ liệu gửi lên không đúng dạng.",
        "GENERIC_AUTHN_FAILED": (
            "Thư điện tử hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa. "
            "Hãy thử lại; nếu đã sai 5 lần, xin đợi 15 phút."
        ),
        "UNAUTHORIZED": "Bạn không có quyền xem trang này.",
        "REAUTHENTICATION_REQUIRED": "Xin đăng nhập lại để tiếp tục.",
        "INVALID_CONFIRMATION_TOKEN": "Mã xác nhận không hợp lệ.",
        "EMAIL_ALREADY_ASSOCIATED": "Địa chỉ %(email)s đã có tài khoản.",
        "IDENTITY_ALREADY_ASSOCIATED": "%(attr)s “%(value)s” đã có tài khoản.",
        "IDENTITY_NOT_REGISTERED": "Chưa có tài khoản %(id)s.",
        "OAUTH_HANDSHAKE_ERROR": (
            "Không nối được với nơi đăng nhập (%(exerror)s - %(exdesc)s). Xin thử lại."
        ),
        "PASSWORD_MISMATCH": "Mật khẩu không khớp.",
        "RETYPE_PASSWORD_MISMATCH": "Hai lần nhập mật khẩu không giống nhau.",
        "INVALID_REDIRECT": "Không được chuyển sang trang ngoài.",
        "INVALID_RECOVERY_CODE": "Mã khôi phục không đúng.",
        "PASSWORD_RESET_EXPIRED": "Đã quá hạn %(within)s để đặt lại mật khẩu.",
        "INVALID_RESET_PASSWORD_TOKEN": "Mã đặt lại mật khẩu không hợp lệ.",
        "CONFIRMATION_REQUIRED": "Địa chỉ thư điện tử chưa được xác nhận.",
        "CONFIRMATION_EXPIRED": "Đã quá hạn %(within)s để xác nhận địa chỉ thư điện tử.",
        "LOGIN_EXPIRED": (
            "Đã quá hạn %(within)s để đăng nhập. Hướng dẫn mới đã được gửi đến %(email)s."
        ),
        "INVALID_LOGIN_TOKEN": "Mã đăng nhập không hợp lệ.",
        "DISABLED_ACCOUNT": "Tài khoản đã bị đóng.",
        "EMAIL_NOT_PROVIDED": "Chưa nhập địa chỉ thư điện tử.",
        "INVALID_EMAIL_ADDRESS": "Địa chỉ thư điện tử không đúng.",
        "INVALID_CODE": "Mã không đúng.",
        "INVALID_INPUT": "Giá trị không hợp lệ.",
        "INVALID_INPUT_LENGTH": "Giá trị quá dài.",
        "PASSWORD_NOT_PROVIDED": "Chưa nhập mật khẩu.",
        "PASSWORD_INVALID_LENGTH": "Mật khẩu phải có ít nhất %(length)s ký tự.",
        "PASSWORD_TOO_SIMPLE": "Mật khẩu quá đơn giản.",
        "PASSWORD_BREACHED": "Mật khẩu này đã từng bị lộ ở nơi khác.",
        "PASSWORD_BREACHED_SITE_ERROR": "Không hỏi được danh sách mật khẩu bị lộ.",
        "PHONE_INVALID": "Số điện thoại không đúng, có thể thiếu mã nước.",
        "USER_DOES_NOT_EXIST": "Không có tài khoản này.",
        "INVALID_PASSWORD": "Mật khẩu không đúng.",
        "INVALID_PASSWORD_CODE": "Mật khẩu hoặc mã không đúng.",
        "PASSWORD_IS_THE_SAME": "Mật khẩu mới phải khác mật khẩu cũ.",
        "REFRESH_TOKEN_INVALID": "Mã gia hạn không hợp lệ (%(reason)s).",
        "ANONYMOUS_USER_REQUIRED": "Trang này chỉ dành cho người chưa đăng nhập.",
        "FAILED_TO_SEND_CODE": "Không gửi được mã. Xin thử lại sau.",
        "TWO_FACTOR_INVALID_TOKEN": "Mã không đúng.",
        "TWO_FACTOR_PERMISSION_DENIED": "Bạn không có quyền xem trang này.",
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": "Cách xác thực này không dùng được.",
        "TWO_FACTOR_SETUP_EXPIRED": "Đã quá hạn %(within)s để thiết lập. Xin làm lại.",
        "US_METHOD_NOT_AVAILABLE": "Cách đăng nhập này không dùng được.",
        "US_SETUP_EXPIRED": "Đã quá hạn %(within)s để thiết lập. Xin làm lại.",
        "US_SPECIFY_IDENTITY": "Chưa nhập tài khoản để đăng nhập.",
        "USERNAME_INVALID_LENGTH": "Tên đăng nhập phải có từ %(min)d đến %(max)d ký tự.",
        "USERNAME_DISALLOWED_CHARACTERS": "Tên đăng nhập chỉ gồm chữ và số.",
        "USERNAME_NOT_PROVIDED": "Chưa nhập tên đăng nhập.",
        "USERNAME_ALREADY_ASSOCIATED": "Tên %(username)s đã có tài khoản.",
        "WEBAUTHN_EXPIRED": "Đã quá hạn %(within)s để dùng khóa. Xin làm lại.",
        "WEBAUTHN_NAME_REQUIRED": "Chưa đặt tên cho khóa mới.",
        "WEBAUTHN_NAME_INUSE": "Đã có khóa tên %(name)s.",
        "WEBAUTHN_NAME_NOT_FOUND": "Bạn không có khóa tên %(name)s.",
        "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": "Tên khóa chỉ gồm chữ, số và vài dấu câu.",
        "WEBAUTHN_CREDENTIAL_ID_INUSE": "Khóa này đã được đăng ký.",
        "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": "Khóa này chưa được đăng ký.",
        "WEBAUTHN_ORPHAN_CREDENTIAL_ID": "Khóa này không thuộc tài khoản nào.",
        "WEBAUTHN_NO_VERIFY": "Không kiểm tra được khóa: %(cause)s.",
        "WEBAUTHN_CREDENTIAL_WRONG_USAGE": "Khóa này không dùng cho bước này.",
        "WEBAUTHN_MISMATCH_USER_HANDLE": "Khóa không khớp với tài khoản.",
        "CHANGE_EMAIL_EXPIRED": "Đã quá hạn %(within)s để xác nhận. Xin làm lại.",
    },
    "info": {
        "UNAUTHENTICATED": "Mời đăng nhập để xem trang này.",
        "LOGIN": "Mời đăng nhập để xem trang này.",
        "REFRESH": "Xin đăng nhập lại để xem trang này.",
        "GENERIC_RECOVERY": (
            "Nếu địa chỉ này có tài khoản, hướng dẫn đặt lại mật khẩu sẽ được gửi đến đó."
        ),
        "GENERIC_US_SIGNIN": "Nếu có tài khoản này, mã đã được gửi cho bạn.",
        "ALREADY_CONFIRMED": "Địa chỉ thư điện tử đã được xác nhận từ trước.",
        "NO_RECOVERY_CODES_SETUP": "Chưa có mã khôi phục nào.",
        "PASSWORD_RESET_REQUEST": "Hướng dẫn đặt lại mật khẩu đã được gửi đến %(email)s.",
        "CONFIRMATION_REQUEST": "Hướng dẫn xác nhận đã được gửi đến %(email)s.",
        "FORGOT_PASSWORD": "Quên mật khẩu?",
        "REAUTHENTICATION_SUCCESSFUL": "Đã đăng nhập lại.",
        "CODE_HAS_BEEN_SENT": "Đã gửi mã.",
        "US_CURRENT_METHODS": "Các cách đăng nhập đang dùng: %(method_list)s.",
        "US_SETUP_SUCCESSFUL": "Đã thiết lập cách đăng nhập.",
        "USE_CODE": "Dùng mã này để đăng nhập: %(code)s",
        "WEBAUTHN_CREDENTIAL_DELETED": "Đã xóa khóa %(name)s.",
        "WEBAUTHN_REGISTER_SUCCESSFUL": "Đã thêm khóa %(name)s.",
        "USERNAME_RECOVERY_REQUEST": (
            "Nếu có tài khoản, tên đăng nhập sẽ được gửi đến thư điện tử của bạn."
        ),
    },
    "success": {
        "CONFIRM_REGISTRATION": (
            "Cảm ơn bạn. Hãy mở liên kết trong thư vừa gửi đến %(email)s để xác nhận."
        ),
        "EMAIL_CONFIRMED": "Cảm ơn bạn. Địa chỉ thư điện tử đã được xác nhận.",
        "LOGIN_EMAIL_SENT": "Hướng dẫn đăng nhập đã được gửi đến %(email)s.",
        "PASSWORDLESS_LOGIN_SUCCESSFUL": "Bạn đã đăng nhập.",
        "PASSWORD_RESET": "Đã đặt lại mật khẩu và đăng nhập.",
        "PASSWORD_RESET_NO_LOGIN": "Đã đặt lại mật khẩu. Xin đăng nhập bằng mật khẩu mới.",
        "PASSWORD_CHANGE": "Đã đổi mật khẩu.",
        "TWO_FACTOR_LOGIN_SUCCESSFUL": "Mã đúng.",
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Đã đổi cách xác thực hai bước.",
        "TWO_FACTOR_DISABLED": "Đã tắt xác thực hai bước.",
        "USERNAME_CHANGE": "Đã đổi tên đăng nhập.",
        "CHANGE_EMAIL_CONFIRMED": "Đã đổi địa chỉ thư điện tử.",
        "CHANGE_EMAIL_SENT": "Hướng dẫn xác nhận địa chỉ mới đã được gửi đến %(email)s.",
    },
}

MESSAGES = {
    name: (sentence, category)
    for category, sentences in _SENTENCES.items()
    for name, sentence in sentences.items()
}
