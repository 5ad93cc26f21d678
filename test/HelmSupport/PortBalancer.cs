using System.Net;
using System.Net.Sockets;
using KubeFed.TestSupport.Clusters.Binaries;

namespace KubeFed.HelmSupport;

/// <summary>
/// Stands in for a Service: takes connections on one port of loopback and hands each to the next of its targets that accepts it. While none
/// does, connections are closed.
/// </summary>
internal sealed class PortBalancer : IAsyncDisposable
{
    private readonly PortReservation _port = PortReservation.Take(new Random());
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener;
    private readonly Task _accepting;
    private volatile int[] _targets = [];
    private int _next;

    public PortBalancer()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port.Port);
        _listener.Start();
        _accepting = AcceptAsync(_stopping.Token);
    }

    public int Port => _port.Port;

    /// <summary>Hands new connections to these ports from now on; those that exist go on.</summary>
    public void Target(IEnumerable<int> ports) => _targets = [.. ports];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _port.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(cancellationToken);
            _ = ServeAsync(client, cancellationToken).ContinueWith(
                static (served, state) =>
                {
                    _ = served.Exception;
                    ((Socket)state!).Dispose();
                },
                client,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using var server = await ConnectAsync(cancellationToken);
        if (server is null)
        {
            return;
        }

        client.NoDelay = server.NoDelay = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] both = [PumpAsync(client, server, ended.Token), PumpAsync(server, client, ended.Token)];
        await Task.WhenAny(both);
        await ended.CancelAsync();
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancellationToken)
    {
        var targets = _targets;
        for (var i = 0; i < targets.Length; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                var index = (uint)Interlocked.Increment(ref _next) % (uint)targets.Length;
                await socket.ConnectAsync(IPAddress.Loopback, targets[index], cancellationToken);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private static async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReceiveAsync(buffer, cancellationToken)) > 0;)
        {
            await to.SendAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
