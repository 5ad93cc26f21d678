namespace KubeFed.ApiMachinery.Validation;

/// <summary>The texts of <see cref="FieldErrorType"/>.</summary>
public static class FieldErrorTypes
{
    /// <summary>The reason of a cause in a Status, as <c>FieldValueInvalid</c>.</summary>
    public static string Reason(this FieldErrorType type) =>
        type == FieldErrorType.Internal ? "InternalError" : "FieldValue" + type.ToString();

    /// <summary>The beginning of the message, as <c>Invalid value</c>.</summary>
    public static string Title(this FieldErrorType type) => type switch
    {
        FieldErrorType.Required => "Required value",
        FieldErrorType.NotSupported => "Unsupported value",
        FieldErrorType.Duplicate => "Duplicate value",
        FieldErrorType.Forbidden => "Forbidden",
        FieldErrorType.NotFound => "Not found",
        FieldErrorType.TooLong => "Too long",
        FieldErrorType.TooShort => "Too short",
        FieldErrorType.TooMany => "Too many",
        FieldErrorType.TooFew => "Too few",
        FieldErrorType.Internal => "Internal error",
        _ => "Invalid value",
    };
}
