using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Authentication;

/// <summary>The headers that ask the server to take the sender for somebody else.</summary>
internal static class ImpersonationHeaders
{
    private const string User = "Impersonate-User";
    private const string Group = "Impersonate-Group";
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>Whether a header has several values, which only HTTP/1.1 can carry (see <see cref="RepeatedHeaderEncoding"/>).</summary>
    public static bool HasRepeated(Impersonation? impersonation) =>
        impersonation is not null && (impersonation.Groups.Count > 1 || impersonation.Extra.Values.Any(v => v.Count > 1));

    /// <summary>How a header's value becomes bytes.</summary>
    public static Encoding EncodingOf(string header) =>
        header.Equals(Group, StringComparison.OrdinalIgnoreCase) || header.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)
            ? new RepeatedHeaderEncoding(header)
            : Encoding.UTF8;

    /// <summary>Adds them, unless the caller impersonates by itself.</summary>
    public static void Apply(Impersonation? impersonation, HttpRequestHeaders headers)
    {
        if (impersonation is null || headers.Contains(User))
        {
            return;
        }

        headers.TryAddWithoutValidation(User, impersonation.UserName);
        if (impersonation.Uid is { } uid)
        {
            headers.TryAddWithoutValidation("Impersonate-Uid", uid);
        }

        if (impersonation.Groups.Count > 0)
        {
            headers.TryAddWithoutValidation(Group, string.Join(RepeatedHeaderEncoding.Separator, impersonation.Groups));
        }

        foreach (var (key, values) in impersonation.Extra)
        {
            headers.TryAddWithoutValidation($"{ExtraPrefix}{EscapeKey(key)}", string.Join(RepeatedHeaderEncoding.Separator, values));
        }
    }

    /// <summary>Refuses what cannot be a header.</summary>
    public static void Check(Impersonation impersonation)
    {
        var values = impersonation.Groups
            .Concat(impersonation.Extra.Values.SelectMany(v => v))
            .Append(impersonation.UserName)
            .Append(impersonation.Uid ?? "");
        if (values.Any(v => v.Any(c => char.IsControl(c) || c == RepeatedHeaderEncoding.Separator)))
        {
            throw new KubeConfigException("the user, UID, groups and extra attributes to act as must not have control characters");
        }

        if (impersonation.UserName.Length == 0 || impersonation.Extra.Keys.Any(k => k.Length == 0))
        {
            throw new KubeConfigException("the user to act as and the keys of extra attributes must not be empty");
        }
    }

    /// <summary>Percent-encodes the UTF-8 bytes that a header's name cannot have, the percent sign included.</summary>
    internal static string EscapeKey(string key)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "!#$&'*+-.^_`|~".Contains((char)b, StringComparison.Ordinal))
            {
                result.Append((char)b);
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return result.ToString();
    }
}
