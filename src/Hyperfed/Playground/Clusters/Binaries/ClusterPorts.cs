using System.Net;
using System.Net.Sockets;

namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>The ports of one cluster, on 127.0.0.1.</summary>
internal sealed record ClusterPorts(int ApiServer, int Etcd, int EtcdPeers, int ControllerManager)
{
    // Below where systems take the ports of outgoing connections from, one of which could otherwise have the port of a stopped server.
    private const int First = 12_000;
    private const int End = 32_000;
    private const int Attempts = 1000;

    /// <summary>Ports that are free now; another process can be quicker.</summary>
    /// <exception cref="PlaygroundException">None is free.</exception>
    public static ClusterPorts Take()
    {
        var random = new Random();
        return new ClusterPorts(Free(random), Free(random), Free(random), Free(random));
    }

    private static int Free(Random random)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = random.Next(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new PlaygroundException($"No port of 127.0.0.1 between {First} and {End} is free.");
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
