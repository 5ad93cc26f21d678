using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KubeFed.KubeClient.Tests.Transport;

/// <summary>A proxy on loopback that knows CONNECT and SOCKS5 (without authentication) and notes where it was asked to go.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint? _always;
    private readonly Task _running;

    /// <summary>Every tunnel leads to <paramref name="always"/> where it is given: so a test can ask for hosts that do not exist.</summary>
    public TunnelProxy(IPEndPoint? always = null)
    {
        _always = always;
        _listener.Start();
        _running = RunAsync();
    }

    public ConcurrentQueue<string> Targets { get; } = new();

    public ConcurrentQueue<string> Credentials { get; } = new();

    public string? DemandCredentials { get; init; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var tunnels = new List<Task>();
        try
        {
            while (true)
            {
                tunnels.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(tunnels).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var first = new byte[1];
            await stream.ReadExactlyAsync(first, _stop.Token);
            using var server = first[0] == 5 ? await Socks5Async(stream) : await ConnectAsync(stream);
            if (server is not null)
            {
                await Task.WhenAny(
                    stream.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(stream, _stop.Token));
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync(NetworkStream stream)
    {
        while (true)
        {
            var header = await ReadHeaderAsync(stream);
            var target = header.Split(' ')[1];
            var given = header.Split("\r\n").FirstOrDefault(l => l.StartsWith("Proxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase));
            if (DemandCredentials is null || given is not null)
            {
                Targets.Enqueue(target);
                Credentials.Enqueue(given is null ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(given.Split(' ')[^1])));
                var server = await DialAsync(target[..target.LastIndexOf(':')], int.Parse(target[(target.LastIndexOf(':') + 1)..]));
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
                return server;
            }

            await stream.WriteAsync(
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
        }
    }

    private async Task<TcpClient?> Socks5Async(NetworkStream stream)
    {
        await stream.ReadExactlyAsync(new byte[await ReadByteAsync(stream)], _stop.Token);
        await stream.WriteAsync(new byte[] { 5, 0 }, _stop.Token);
        var request = new byte[4];
        await stream.ReadExactlyAsync(request, _stop.Token);
        var address = new byte[request[3] == 3 ? await ReadByteAsync(stream) : request[3] == 1 ? 4 : 16];
        await stream.ReadExactlyAsync(address, _stop.Token);
        var port = new byte[2];
        await stream.ReadExactlyAsync(port, _stop.Token);
        var host = request[3] == 3 ? Encoding.ASCII.GetString(address) : new IPAddress(address).ToString();
        Targets.Enqueue($"{host}:{(port[0] << 8) | port[1]}");
        var server = await DialAsync(host, (port[0] << 8) | port[1]);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
        return server;
    }

    private async Task<TcpClient> DialAsync(string host, int port)
    {
        var server = new TcpClient();
        await (_always is null ? server.ConnectAsync(host, port, _stop.Token) : server.ConnectAsync(_always, _stop.Token));
        return server;
    }

    private async Task<string> ReadHeaderAsync(NetworkStream stream)
    {
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            header.Append((char)await ReadByteAsync(stream));
        }

        return header.ToString();
    }

    private async Task<byte> ReadByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, _stop.Token);
        return one[0];
    }
}
