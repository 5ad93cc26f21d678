namespace KubeFed.FederationApis.Tests.Validation;

/// <summary>Values that the schema and the validators must judge alike.</summary>
internal static class Vectors
{
    public static readonly string[] GoodEndpoints =
    [
        "example.com", "example.com/", "192.0.2.219:8080", "[2001:db8:25a4:8d2::1]:65535", "[::1]", "http://my.example.com:1/path",
        "https://example.com", "https://[::1]:6443/a/b?c", "localhost:6443", "host_name:1",
    ];

    public static readonly string[] BadEndpoints =
    [
        "", "https://", "example.com/path", "tcp://example.com", "example.com:port80", "example.com:-80", "example.com:0", "example.com:65536",
        "http://example.com:65536", "https://:443", "https://a b", "-example.com", "[::1", "::1", "user@example.com", "https://user@example.com",
    ];

    public static readonly string[] GoodProxies = ["http://proxy", "https://proxy:8080/", "socks5://10.0.0.1:1080", "http://u:p@proxy:3128"];

    public static readonly string[] BadProxies = ["socks6://x", "example.com", "a@b", "http://", "http:// x"];

    public static readonly string[] BadSecretNames = ["", "UPPER", "-a", "a-", "a..b", "a/b"];
}
