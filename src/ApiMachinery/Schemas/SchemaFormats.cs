using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The formats of strings that the API server checks; all others are for people. Dashes in their names do not count.</summary>
internal static partial class SchemaFormats
{
    private static readonly FrozenDictionary<string, Func<string, bool>> Checks = new Dictionary<string, Func<string, bool>>(StringComparer.Ordinal)
    {
        ["bsonobjectid"] = static s => BsonObjectId().IsMatch(s),
        ["byte"] = static s => Base64.IsValid(s) && !s.AsSpan().ContainsAny(' ', '\t'),
        ["cidr"] = IsCidr,
        ["creditcard"] = static s => CreditCard().IsMatch(s) && Luhn(s),
        ["date"] = static s => DateOnly.TryParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["datetime"] = IsDateTime,
        ["duration"] = static s => GoDuration().IsMatch(s) || WordDuration().IsMatch(s),
        ["email"] = static s => MailAddress.TryCreate(s, out MailAddress? address) && (address.Address == s || s.EndsWith('>')),
        ["hexcolor"] = static s => HexColor().IsMatch(s),
        ["hostname"] = IsHostname,
        ["ipv4"] = static s => IPAddress.TryParse(s, out _) && Dotted().IsMatch(s),
        ["ipv6"] = static s => s.Contains(':', StringComparison.Ordinal) && !s.AsSpan().ContainsAny('%', '[') && IPAddress.TryParse(s, out _),
        ["isbn"] = static s => Isbn(s, 10) || Isbn(s, 13),
        ["isbn10"] = static s => Isbn(s, 10),
        ["isbn13"] = static s => Isbn(s, 13),
        ["k8slongname"] = static s => NameValidation.IsDns1123Subdomain(s).Count == 0,
        ["k8sshortname"] = static s => NameValidation.IsDns1123Label(s).Count == 0,
        ["mac"] = static s => Mac().IsMatch(s),
        ["rgbcolor"] = static s => RgbColor().IsMatch(s),
        ["ssn"] = static s => Ssn().IsMatch(s),
        ["uri"] = IsUri,
        ["uuid"] = static s => Uuid().IsMatch(s),
        ["uuid3"] = static s => Uuid().IsMatch(s) && Version(s) == '3',
        ["uuid4"] = static s => Uuid().IsMatch(s) && Version(s) == '4' && Variant(s),
        ["uuid5"] = static s => Uuid().IsMatch(s) && Version(s) == '5' && Variant(s),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The check of a format; null if anything will do.</summary>
    public static Func<string, bool>? Find(string? format) =>
        format is not null && Checks.TryGetValue(format.Replace("-", string.Empty, StringComparison.Ordinal), out Func<string, bool>? check) ? check : null;

    /// <summary>Whether the text is a time of RFC 3339.</summary>
    public static bool IsDateTime(string text)
    {
        int t = text.IndexOfAny(['t', 'T']);
        if (t < 0 || !DateOnly.TryParseExact(text[..t], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return false;
        }

        Match time = Time().Match(text[(t + 1)..]);
        return time.Success
            && string.CompareOrdinal(time.Groups["h"].Value, "23") <= 0
            && string.CompareOrdinal(time.Groups["m"].Value, "59") <= 0
            && string.CompareOrdinal(time.Groups["s"].Value, "59") <= 0;
    }

    private static bool IsCidr(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address))
        {
            return false;
        }

        bool v4 = !text.AsSpan(0, slash).Contains(':');
        bool written = v4 ? Dotted().IsMatch(text[..slash]) : !text.Contains('%', StringComparison.Ordinal);
        return written
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            && bits <= address.GetAddressBytes().Length * 8;
    }

    private static bool IsHostname(string text) =>
        text.Length <= 255 && Hostname().IsMatch(text) && text.Split('.').All(static label => Encoding.UTF8.GetByteCount(label) <= 63);

    private static bool IsUri(string text) =>
        text.StartsWith('/')
            ? !text.AsSpan().ContainsAnyInRange('\0', ' ')
            : Uri.TryCreate(text, UriKind.Absolute, out _) && Scheme().IsMatch(text) && !text.AsSpan().ContainsAnyInRange('\0', ' ');

    private static char Version(string uuid) => uuid.Replace("-", string.Empty, StringComparison.Ordinal)[12];

    private static bool Variant(string uuid) => uuid.Replace("-", string.Empty, StringComparison.Ordinal)[16] is '8' or '9' or 'a' or 'b' or 'A' or 'B';

    private static bool Luhn(string text)
    {
        int sum = 0, place = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                int digit = (text[i] - '0') * (place++ % 2 == 0 ? 1 : 2);
                sum += digit > 9 ? digit - 9 : digit;
            }
        }

        return place > 0 && sum % 10 == 0;
    }

    private static bool Isbn(string text, int length)
    {
        string digits = text.Replace("-", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal);
        if (digits.Length != length || !digits.AsSpan(0, length - 1).ContainsOnlyDigits() || !(char.IsAsciiDigit(digits[^1]) || (length == 10 && digits[^1] is 'X')))
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < length; i++)
        {
            int digit = digits[i] == 'X' ? 10 : digits[i] - '0';
            sum += digit * (length == 10 ? i + 1 : i % 2 == 0 ? 1 : 3);
        }

        return sum % (length == 10 ? 11 : 10) == 0;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    [GeneratedRegex("^[0-9a-fA-F]{24}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BsonObjectId();

    [GeneratedRegex("^[0-9 -]{12,23}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreditCard();

    [GeneratedRegex("^(?<h>[0-9]{2}):(?<m>[0-9]{2}):(?<s>[0-9]{2})(.[0-9]+)?([zZ]|[+-][0-9]{2}:[0-9]{2})\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("^[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GoDuration();

    [GeneratedRegex("^([0-9]+) *(ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|hr?|hours?|d|days?|w|weeks?|wks?)\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordDuration();

    [GeneratedRegex("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HexColor();

    [GeneratedRegex("^rgb\\( *([0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5]) *, *([0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5]) *, *([0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5]) *\\)\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RgbColor();

    [GeneratedRegex("^([a-zA-Z0-9\\p{S}\\p{L}](-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?|([a-zA-Z0-9\\p{S}\\p{L}]([a-zA-Z0-9\\-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?\\.)+[a-zA-Z\\p{L}]{2,63})\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hostname();

    [GeneratedRegex("^[0-9]{1,3}(\\.[0-9]{1,3}){3}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dotted();

    [GeneratedRegex("^([0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}|[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){7}|[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){19}|[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}|[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){3})\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();

    [GeneratedRegex("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ssn();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex("^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uuid();
}
