using System.Buffers;
using System.Text;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>
/// The rules for names, labels and annotations, with the API server's messages. Every check returns the reasons against the value,
/// none if it is good.
/// </summary>
public static class NameValidation
{
    /// <summary>Longest label of a DNS name.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Longest DNS name.</summary>
    public const int MaxSubdomainLength = 253;

    /// <summary>Most bytes of all annotations of an object, keys and values together.</summary>
    public const int MaxAnnotationBytes = 256 * 1024;

    private const string DnsLabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private static readonly SearchValues<char> DnsInner = SearchValues.Create("-0123456789abcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> QualifiedInner =
        SearchValues.Create("-_.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string BadDnsLabel = Explain(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        DnsLabelFormat,
        "my-name",
        "123-abc");

    private static readonly string BadSubdomain = Explain(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        $@"{DnsLabelFormat}(\.{DnsLabelFormat})*",
        "example.com");

    private static readonly string BadDns1035 = Explain(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        "[a-z]([-a-z0-9]*[a-z0-9])?",
        "my-name",
        "abc-123");

    private static readonly string BadQualified = Explain(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        QualifiedFormat,
        "MyName",
        "my.name",
        "123-abc");

    private static readonly string BadLabelValue = Explain(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        $"({QualifiedFormat})?",
        "MyValue",
        "my_value",
        "12345");

    /// <summary>A label of RFC 1123, as a namespace's name.</summary>
    public static IReadOnlyList<string> IsDns1123Label(string value) => Reasons(value, MaxLabelLength, IsDnsLabel(value), BadDnsLabel);

    /// <summary>A DNS name of RFC 1123, as most objects' names.</summary>
    public static IReadOnlyList<string> IsDns1123Subdomain(string value) => Reasons(value, MaxSubdomainLength, IsSubdomain(value), BadSubdomain);

    /// <summary>A label of RFC 1035, as a service's name: it begins with a letter.</summary>
    public static IReadOnlyList<string> IsDns1035Label(string value) =>
        Reasons(value, MaxLabelLength, IsDnsLabel(value) && char.IsAsciiLetterLower(value[0]), BadDns1035);

    /// <summary>A name with an optional DNS name and slash before it, as the keys of labels.</summary>
    public static IReadOnlyList<string> IsQualifiedName(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        string name = value[(slash + 1)..];
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return [$"a qualified name {BadQualified} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        if (slash < 0 && name.Length <= MaxLabelLength && IsQualified(name))
        {
            return [];
        }

        var reasons = new List<string>();
        if (slash >= 0)
        {
            reasons.AddRange(slash == 0 ? ["prefix part must be non-empty"] : IsDns1123Subdomain(value[..slash]).Select(static r => "prefix part " + r));
        }

        reasons.AddRange(name.Length == 0 ? ["name part must be non-empty"] : TooLong(name, MaxLabelLength).Select(static r => "name part " + r));
        if (!IsQualified(name))
        {
            reasons.Add("name part " + BadQualified);
        }

        return reasons;
    }

    /// <summary>The value of a label; empty is good.</summary>
    public static IReadOnlyList<string> IsValidLabelValue(string value) =>
        Reasons(value, MaxLabelLength, value.Length == 0 || IsQualified(value), BadLabelValue);

    /// <summary>All that is wrong with a map of labels, in the order of its pairs.</summary>
    public static FieldErrorList ValidateLabels(IEnumerable<KeyValuePair<string, string>> labels, FieldPath field)
    {
        var errors = new FieldErrorList();
        foreach ((string key, string value) in labels)
        {
            errors.AddRange(IsQualifiedName(key).Select(reason => FieldError.Invalid(field, key, reason)));
            errors.AddRange(IsValidLabelValue(value).Select(reason => FieldError.Invalid(field, value, reason)));
        }

        return errors;
    }

    /// <summary>All that is wrong with a map of annotations: keys as of labels but in any case, and a limit on the whole.</summary>
    public static FieldErrorList ValidateAnnotations(IEnumerable<KeyValuePair<string, string>> annotations, FieldPath field)
    {
        var errors = new FieldErrorList();
        long size = 0;
        foreach ((string key, string value) in annotations)
        {
            errors.AddRange(IsQualifiedName(key.ToLowerInvariant()).Select(reason => FieldError.Invalid(field, key, reason)));
            size += Encoding.UTF8.GetByteCount(key) + (long)Encoding.UTF8.GetByteCount(value);
        }

        if (size > MaxAnnotationBytes)
        {
            errors.Add(FieldError.TooLong(field, MaxAnnotationBytes));
        }

        return errors;
    }

    private static bool IsDnsLabel(ReadOnlySpan<char> value) =>
        !value.IsEmpty && value[0] != '-' && value[^1] != '-' && !value.ContainsAnyExcept(DnsInner);

    private static bool IsSubdomain(string value)
    {
        foreach (Range part in value.AsSpan().Split('.'))
        {
            if (!IsDnsLabel(value.AsSpan(part)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQualified(string value) =>
        value.Length > 0
        && char.IsAsciiLetterOrDigit(value[0])
        && char.IsAsciiLetterOrDigit(value[^1])
        && !value.AsSpan().ContainsAnyExcept(QualifiedInner);

    private static string[] Reasons(string value, int limit, bool wellFormed, string reason)
    {
        if (wellFormed && value.Length <= limit)
        {
            return [];
        }

        return wellFormed ? TooLong(value, limit) : [.. TooLong(value, limit), reason];
    }

    private static string[] TooLong(string value, int limit) =>
        Encoding.UTF8.GetByteCount(value) > limit ? [$"must be no more than {limit} bytes"] : [];

    private static string Explain(string rule, string format, params string[] examples) =>
        $"{rule} (e.g. {string.Join(",  or ", examples.Select(static e => $"'{e}'"))}, regex used for validation is '{format}')";
}
