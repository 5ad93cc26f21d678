using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeFed.Conformance.Faults.Programs;

/// <summary>A TLS connection on which a test writes what no well-behaved client would.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client;

    private RawConnection(TcpClient client, SslStream stream)
    {
        _client = client;
        Stream = stream;
    }

    public SslStream Stream { get; }

    /// <summary>Connects as a user with all rights.</summary>
    /// <param name="server">To whom.</param>
    /// <param name="http2">Whether HTTP/2 is negotiated.</param>
    /// <param name="receiveBuffer">How much the system buffers of what is not read; 0 for its default.</param>
    public static async Task<RawConnection> OpenAsync(ApiServerProgram server, bool http2 = false, int receiveBuffer = 0)
    {
        var client = new TcpClient { NoDelay = true };
        if (receiveBuffer > 0)
        {
            client.ReceiveBufferSize = receiveBuffer;
        }

        await client.ConnectAsync("127.0.0.1", server.Port);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = [server.ClientCertificate()],
            ApplicationProtocols = [http2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        });
        return new RawConnection(client, stream);
    }

    public Task SendAsync(string text) => Stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>Reads until a text has come, or the server closes.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            int count = await Stream.ReadAsync(buffer, limit.Token);
            if (count == 0)
            {
                break;
            }

            seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return seen.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        _client.Dispose();
    }
}
