using System.Net;
using System.Net.Sockets;

namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>
/// A TCP port on loopback that no other reservation on this machine has, even in other test processes, as long as it lives. It lies below
/// the range that systems take outgoing connections' ports from, so that the port of a stopped server is not taken by a client meanwhile.
/// </summary>
public sealed class PortReservation : IDisposable
{
    private const int First = 11_000;
    private const int End = 32_000;
    private readonly Socket? _claim;

    private PortReservation(int port, Socket? claim)
    {
        Port = port;
        _claim = claim;
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Reserves several ports.</summary>
    public static PortReservation[] Take(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Take(random))];

    /// <summary>Reserves a port that nothing listens on.</summary>
    /// <exception cref="ClusterException">No port is free.</exception>
    public static PortReservation Take(Random random)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = random.Next(First, End);
            if (TryClaim(port, out var claim))
            {
                if (IsFree(port))
                {
                    return new PortReservation(port, claim);
                }

                claim?.Dispose();
            }
        }

        throw new ClusterException($"found no free port on loopback between {First} and {End}");
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _claim?.Dispose();

    // The claim is a socket in Linux' abstract namespace: no file, and gone with the process that holds it.
    private static bool TryClaim(int port, out Socket? claim)
    {
        claim = null;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0kubefed-test-port-{port}"));
            claim = socket;
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
