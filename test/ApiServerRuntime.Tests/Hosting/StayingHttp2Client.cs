using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>
/// One HTTP/2 connection that is never closed from this side, whatever the server announces. The clients that Kubernetes is made of are
/// like that; .NET's closes as soon as it has no request left.
/// </summary>
internal sealed class StayingHttp2Client : IDisposable
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Acknowledge = 1;
    private const byte StatusOk = 0x88;
    private const int FrameHeader = 9;

    private readonly TcpClient _tcp;
    private readonly SslStream _stream;
    private readonly Dictionary<int, Answer> _answers = [];
    private int _lastStream = -1;
    private bool _toldToGo;

    private StayingHttp2Client(TcpClient tcp, SslStream stream)
    {
        _tcp = tcp;
        _stream = stream;
    }

    public static async Task<StayingHttp2Client> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] },
            cancellationToken);
        var client = new StayingHttp2Client(tcp, stream);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), cancellationToken);
        await client.SendAsync(Settings, 0, 0, [], cancellationToken);
        return client;
    }

    /// <summary>Sends a request and returns the number of its stream.</summary>
    public async Task<int> GetAsync(string path, CancellationToken cancellationToken)
    {
        _lastStream += 2;
        _answers[_lastStream] = new Answer();
        byte[] method = [0x82];
        byte[] scheme = [0x87];
        byte[] headers = [.. method, .. scheme, 0x01, .. Text("localhost"), 0x04, .. Text(path)];
        await SendAsync(Headers, EndStream | EndHeaders, _lastStream, headers, cancellationToken);
        return _lastStream;
    }

    /// <summary>Reads until an answer has begun.</summary>
    public Task BegunAsync(int stream, CancellationToken cancellationToken) => ReadUntilAsync(() => _answers[stream].Begun, cancellationToken);

    /// <summary>Reads until the server has said that it takes nothing more.</summary>
    public Task ToldToGoAsync(CancellationToken cancellationToken) => ReadUntilAsync(() => _toldToGo, cancellationToken);

    /// <summary>Reads until an answer has ended in order, and returns it.</summary>
    public async Task<(bool Ok, string Body)> EndedAsync(int stream, CancellationToken cancellationToken)
    {
        Answer answer = _answers[stream];
        await ReadUntilAsync(() => answer.Ended, cancellationToken);
        return (answer.Ok, answer.Body.ToString());
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task ClosedAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken))
        {
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private async Task ReadUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            Assert.That(await ReadAsync(cancellationToken), Is.True, "the server closed the connection");
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[FrameHeader];
        if (await _stream.ReadAtLeastAsync(header, FrameHeader, throwOnEndOfStream: false, cancellationToken) < FrameHeader)
        {
            return false;
        }

        byte[] payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await _stream.ReadExactlyAsync(payload, cancellationToken);
        (byte type, byte flags, int stream) = (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)));
        if (type == Settings && (flags & Acknowledge) == 0)
        {
            await SendAsync(Settings, Acknowledge, 0, [], cancellationToken);
        }

        _toldToGo |= type == GoAway;
        if (type is Data or Headers)
        {
            Take(_answers[stream], type, payload);
            _answers[stream].Ended = (flags & EndStream) != 0;
        }

        return true;
    }

    private static void Take(Answer answer, byte type, byte[] payload)
    {
        if (type == Data)
        {
            answer.Body.Append(Encoding.UTF8.GetString(payload));
        }
        else if (!answer.Begun)
        {
            answer.Begun = true;
            answer.Ok = payload[0] == StatusOk;
        }
    }

    private async Task SendAsync(byte type, int flags, int stream, byte[] payload, CancellationToken cancellationToken)
    {
        byte[] frame = new byte[FrameHeader + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeader);
        await _stream.WriteAsync(frame, cancellationToken);
    }

    private sealed class Answer
    {
        public bool Begun { get; set; }

        public bool Ok { get; set; }

        public bool Ended { get; set; }

        public StringBuilder Body { get; } = new();
    }
}
