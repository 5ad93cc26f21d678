using System.Net;

namespace KubeFed.KubeClient.Transport;

/// <summary>One proxy for every address, loopback too.</summary>
internal sealed class FixedProxy : IWebProxy
{
    private readonly Uri _proxy;

    public FixedProxy(Uri proxy)
    {
        _proxy = Normal(proxy);
        Credentials = CredentialsOf(proxy);
    }

    public ICredentials? Credentials { get; set; }

    public Uri GetProxy(Uri destination) => _proxy;

    public bool IsBypassed(Uri host) => false;

    /// <summary>User and password of the address, or null.</summary>
    internal static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>socks5h is what socks5 is here: the proxy resolves names. Credentials stay out of the address.</summary>
    internal static Uri Normal(Uri proxy) => new UriBuilder(proxy)
    {
        Scheme = proxy.Scheme == "socks5h" ? "socks5" : proxy.Scheme,
        Port = proxy.IsDefaultPort && proxy.Scheme.StartsWith("socks", StringComparison.Ordinal) || proxy.Port < 0 ? 1080 : proxy.Port,
        UserName = "",
        Password = "",
    }.Uri;
}
