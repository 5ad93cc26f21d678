using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>One field of an object that is refused, and why, in the words of the API server.</summary>
public sealed record FieldError
{
    private FieldError(FieldErrorType type, string field, FieldValue badValue, string detail)
    {
        Type = type;
        Field = field;
        BadValue = badValue;
        Detail = detail;
    }

    /// <summary>Why, for programs.</summary>
    public FieldErrorType Type { get; }

    /// <summary>The path of the field.</summary>
    public string Field { get; }

    /// <summary>The value, where the message shows one.</summary>
    public FieldValue BadValue { get; }

    /// <summary>Why, for people; may be empty.</summary>
    public string Detail { get; }

    /// <summary>The message without the field: <c>Invalid value: "x": must be y</c>.</summary>
    public string Body => Join(Join(Type.Title(), BadValue.Text ?? string.Empty), Detail);

    /// <summary>A malformed value.</summary>
    public static FieldError Invalid(FieldPath? field, FieldValue value, string detail) => new(FieldErrorType.Invalid, Text(field), value, detail);

    /// <summary>An absent value.</summary>
    public static FieldError Required(FieldPath? field, string detail = "") =>
        new(FieldErrorType.Required, Text(field), FieldValue.Omitted, detail);

    /// <summary>A value outside <paramref name="supported"/>, which the message lists in the order given.</summary>
    public static FieldError NotSupported(FieldPath? field, FieldValue value, params IEnumerable<string> supported)
    {
        string list = string.Join(", ", supported.Select(GoQuote.Quote));
        return new FieldError(FieldErrorType.NotSupported, Text(field), value, list.Length == 0 ? string.Empty : "supported values: " + list);
    }

    /// <summary>A value that occurs more than once.</summary>
    public static FieldError Duplicate(FieldPath? field, FieldValue value) => new(FieldErrorType.Duplicate, Text(field), value, string.Empty);

    /// <summary>A value that is not permitted.</summary>
    public static FieldError Forbidden(FieldPath? field, string detail) =>
        new(FieldErrorType.Forbidden, Text(field), FieldValue.Omitted, detail);

    /// <summary>A reference to nothing.</summary>
    public static FieldError NotFound(FieldPath? field, FieldValue value) => new(FieldErrorType.NotFound, Text(field), value, string.Empty);

    /// <summary>A value of the wrong JSON type.</summary>
    public static FieldError TypeInvalid(FieldPath? field, FieldValue value, string detail) =>
        new(FieldErrorType.TypeInvalid, Text(field), value, detail);

    /// <summary>A text of more than <paramref name="limit"/> bytes; the message does not show it.</summary>
    public static FieldError TooLong(FieldPath? field, int limit) =>
        new(FieldErrorType.TooLong, Text(field), FieldValue.Omitted, $"may not be more than {Count(limit, "byte")}");

    /// <summary>A text of fewer than <paramref name="limit"/> characters; the message does not show it.</summary>
    public static FieldError TooShort(FieldPath? field, int limit) =>
        new(FieldErrorType.TooShort, Text(field), FieldValue.Omitted, $"must be at least {Count(limit, "character")}");

    /// <summary>A list of <paramref name="actual"/> items where <paramref name="limit"/> are allowed.</summary>
    public static FieldError TooMany(FieldPath? field, int actual, int limit) =>
        new(FieldErrorType.TooMany, Text(field), actual, $"must have at most {Count(limit, "item")}");

    /// <summary>A list of <paramref name="actual"/> items where at least <paramref name="limit"/> are needed.</summary>
    public static FieldError TooFew(FieldPath? field, int actual, int limit) =>
        new(FieldErrorType.TooFew, Text(field), actual, $"must have at least {Count(limit, "item")}");

    /// <summary>A failure of the validation itself.</summary>
    public static FieldError Internal(FieldPath? field, string detail) => new(FieldErrorType.Internal, Text(field), FieldValue.Omitted, detail);

    /// <summary>This error as a cause of a Status.</summary>
    public StatusCause ToCause() => new() { Reason = Type.Reason(), Message = Body, Field = Field };

    /// <summary>The whole message: <c>spec.size: Unsupported value: "huge": supported values: "small"</c>.</summary>
    public override string ToString() => $"{Field}: {Body}";

    private static string Text(FieldPath? field) => field?.ToString() ?? "<nil>";

    private static string Join(string first, string second) => second.Length == 0 ? first : $"{first}: {second}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
