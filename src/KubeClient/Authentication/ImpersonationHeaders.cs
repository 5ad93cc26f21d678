using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Authentication;

/// <summary>The headers that ask the server to take the sender for somebody else.</summary>
internal static class ImpersonationHeaders
{
    private const string User = "Impersonate-User";

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

        foreach (var group in impersonation.Groups)
        {
            headers.TryAddWithoutValidation("Impersonate-Group", group);
        }

        foreach (var (key, values) in impersonation.Extra)
        {
            headers.TryAddWithoutValidation($"Impersonate-Extra-{EscapeKey(key)}", values);
        }
    }

    /// <summary>Refuses what cannot be a header.</summary>
    public static void Check(Impersonation impersonation)
    {
        var values = impersonation.Groups
            .Concat(impersonation.Extra.Values.SelectMany(v => v))
            .Append(impersonation.UserName)
            .Append(impersonation.Uid ?? "");
        if (values.Any(v => v.Any(char.IsControl)))
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
