using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeFed.FederationApis.Validation;

/// <summary>What <c>spec.apiEndpoint</c> may be: a host with or without port, or an http or https URL.</summary>
internal static class ApiEndpointRules
{
    /// <summary>Why an endpoint that is not empty is refused, or null.</summary>
    public static string? FindFault(string endpoint)
    {
        var mark = endpoint.IndexOf("://", StringComparison.Ordinal);
        if (mark >= 0 && endpoint[..mark].ToLowerInvariant() is not ("http" or "https"))
        {
            return "the scheme must be http or https";
        }

        var rest = mark < 0 ? endpoint : endpoint[(mark + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        if (mark < 0 && end >= 0 && rest[end..] != "/")
        {
            return "a path is only allowed after a scheme, as in https://host/path";
        }

        return endpoint.Any(char.IsWhiteSpace) ? "must not contain white space" : FindAuthorityFault(end < 0 ? rest : rest[..end]);
    }

    private static string? FindAuthorityFault(string authority)
    {
        if (authority.StartsWith('['))
        {
            var close = authority.IndexOf(']', StringComparison.Ordinal);
            var isAddress = close > 0 && IPAddress.TryParse(authority.AsSpan(1, close - 1), out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6;
            return isAddress ? FindPortFault(authority[(close + 1)..]) : "the address in brackets must be an IPv6 address";
        }

        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? authority : authority[..colon];
        if (!IsHost(host))
        {
            return host.Length == 0 ? "the host is missing" : "the host must be a DNS name or an IP address";
        }

        return FindPortFault(authority[host.Length..]);
    }

    private static bool IsHost(string host) =>
        host.Length > 0 && host[0] is not ('-' or '.') && host.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private static string? FindPortFault(string text) =>
        text.Length == 0
        || (text[0] == ':'
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= 65535)
            ? null
            : "the port must be a number from 1 to 65535";
}
