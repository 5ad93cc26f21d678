using System.Globalization;
using System.Net;

namespace KubeFed.ComponentBase.Options;

/// <summary>Where a server listens: a port of one address, or of all.</summary>
/// <param name="Host">The IP address; null for every address of the machine.</param>
/// <param name="Port">The port; 0 for one that the system chooses.</param>
public sealed record ListenAddress(IPAddress? Host, int Port)
{
    /// <summary>
    /// Reads <c>:8080</c>, <c>127.0.0.1:8080</c>, <c>[::1]:8080</c> or <c>localhost:8080</c>. The empty string and <c>0</c> mean not to
    /// listen, and read as null.
    /// </summary>
    /// <returns>False when the text is none of these.</returns>
    public static bool TryParse(string? text, out ListenAddress? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return true;
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0 || !TryParsePort(text[(colon + 1)..], out var port) || !TryParseHost(text[..colon], out var host))
        {
            return false;
        }

        address = new ListenAddress(host, port);
        return true;
    }

    /// <summary>The address as it is written in a flag.</summary>
    public override string ToString() => Host switch
    {
        null => $":{Port}",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{Host}]:{Port}",
        _ => $"{Host}:{Port}",
    };

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    private static bool TryParseHost(string text, out IPAddress? host)
    {
        host = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (text == "localhost")
        {
            host = IPAddress.Loopback;
            return true;
        }

        var bracketed = text.StartsWith('[') && text.EndsWith(']');
        return IPAddress.TryParse(bracketed ? text[1..^1] : text, out host)
            && bracketed == (host.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6);
    }
}
