using System.Net;

namespace KubeFed.KubeClient.Transport;

/// <summary>
/// The proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY (capital or small), by the rules of Go's programs: loopback is never
/// proxied; NO_PROXY lists <c>*</c>, addresses, CIDRs, domains (with their subdomains; with a leading dot only those), each with an optional port.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly string[] _exceptions;

    private EnvironmentProxy(Uri? http, Uri? https, string[] exceptions)
    {
        (_http, _https, _exceptions) = (http, https, exceptions);
        Credentials = new UriCredentials(http, https);
    }

    public ICredentials? Credentials { get; set; }

    public static EnvironmentProxy? FromVariables(Func<string, string?> variable)
    {
        var http = Parse(Read("HTTP_PROXY", variable));
        var https = Parse(Read("HTTPS_PROXY", variable));
        var exceptions = Read("NO_PROXY", variable).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return http is null && https is null ? null : new EnvironmentProxy(http, https, exceptions);
    }

    public Uri? GetProxy(Uri destination)
    {
        var proxy = destination.Scheme == Uri.UriSchemeHttps ? _https : _http;
        return proxy is null || IsExcepted(destination) ? null : FixedProxy.Normal(proxy);
    }

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static string Read(string name, Func<string, string?> variable) =>
        variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant()) ?? "";

    private static Uri? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(full, UriKind.Absolute, out var proxy) && proxy.Host.Length > 0 ? proxy : null;
    }

    private bool IsExcepted(Uri destination)
    {
        var host = destination.IdnHost.Trim('[', ']').TrimEnd('.');
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        return destination.IsLoopback
            || (address is not null && IPAddress.IsLoopback(address))
            || _exceptions.Any(e => Matches(e, host, address, destination.Port));
    }

    private static bool Matches(string exception, string host, IPAddress? address, int port)
    {
        if (exception == "*")
        {
            return true;
        }

        if (IPNetwork.TryParse(exception, out var network))
        {
            return address is not null && network.Contains(address);
        }

        if (IPAddress.TryParse(exception, out var plain))
        {
            return plain.Equals(address);
        }

        return SplitPort(ref exception, port) && (IPAddress.TryParse(exception.Trim('[', ']'), out plain)
            ? plain.Equals(address)
            : address is null && MatchesDomain(exception, host));
    }

    /// <summary>Takes a port off the end and tells whether it is the destination's, or absent.</summary>
    private static bool SplitPort(ref string exception, int port)
    {
        var colon = exception.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(exception.AsSpan(colon + 1), out var only))
        {
            return true;
        }

        exception = exception[..colon];
        return only == port;
    }

    private static bool MatchesDomain(string exception, string host)
    {
        var domain = exception.StartsWith("*.", StringComparison.Ordinal) ? exception[1..] : exception;
        return domain.StartsWith('.')
            ? host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            : host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class UriCredentials(params Uri?[] proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) => proxies
            .Where(p => p is not null && p.Host == uri.Host)
            .Select(p => FixedProxy.CredentialsOf(p!))
            .FirstOrDefault(c => c is not null);
    }
}
