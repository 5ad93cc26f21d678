namespace KubeFed.KubeClient.Configuration;

/// <summary>The addresses of a kubeconfig's cluster.</summary>
internal sealed class ClusterAddress(KubeConfigCluster cluster)
{
    private static readonly string[] ProxySchemes = ["http", "https", "socks5", "socks5h"];

    /// <summary>The server's address. One without a scheme is https where TLS settings are given, else http, as for kubectl.</summary>
    public Uri Server(bool hasTlsSettings)
    {
        var text = cluster.Server;
        if (text.Length == 0)
        {
            throw new KubeConfigException($"{cluster.Origin}: server is missing");
        }

        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"{(hasTlsSettings ? "https" : "http")}://{text}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out var server) || server.Host.Length == 0)
        {
            throw new KubeConfigException($"{cluster.Origin}.server: \"{text}\" is not an address");
        }

        if (server.Scheme is not ("http" or "https"))
        {
            throw new KubeConfigException($"{cluster.Origin}.server: \"{text}\" must start with https:// or http://");
        }

        return server.Query.Length == 0 && server.Fragment.Length == 0 && server.UserInfo.Length == 0
            ? server
            : throw new KubeConfigException($"{cluster.Origin}.server: an address with user, query or fragment cannot be used");
    }

    /// <summary>The proxy, or null.</summary>
    public Uri? Proxy()
    {
        if (cluster.ProxyUrl is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Host.Length > 0 && ProxySchemes.Contains(proxy.Scheme)
            ? proxy
            : throw new KubeConfigException($"{cluster.Origin}.proxy-url: expected an http, https or socks5 address");
    }
}
