using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace KubeFed.Scale.Servers;

/// <summary>One HTTP/2 connection that adds as little as can be: prepared bytes out, the answer read into a rented buffer.</summary>
internal sealed class LoadClient(string server, ServerAccess access) : IDisposable
{
    /// <summary>As the Go client says it; the default field manager is what stands before the slash.</summary>
    private const string Agent = "bench/v1";

    // A list's metadata, with its continue token, stand at its end.
    private const int TailLength = 4096;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");
    private static readonly MediaTypeHeaderValue Apply = new("application/apply-patch+yaml");

    private readonly HttpMessageInvoker _http = access.Connect();

    public Task<Answer> GetAsync(string path, CancellationToken cancellationToken, bool gzip = false)
    {
        var request = Request(HttpMethod.Get, path);
        if (gzip)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        }

        return SendAsync(request, cancellationToken);
    }

    public Task<Answer> PostAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Post, path, body, Json), cancellationToken);

    public Task<Answer> PutAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Put, path, body, Json), cancellationToken);

    public Task<Answer> ApplyAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Patch, path + "?fieldManager=bench&force=true", body, Apply), cancellationToken);

    public Task<Answer> MergeAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Patch, path, body, MergePatch), cancellationToken);

    /// <summary>Begins a watch; the caller reads and disposes the answer.</summary>
    public async Task<HttpResponseMessage> WatchAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, path), cancellationToken);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new MeasurementException($"{server}: GET {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body = null, MediaTypeHeaderValue? type = null)
    {
        var request = new HttpRequestMessage(method, new Uri(access.Server, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = type } };
        }

        return request;
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
            try
            {
                return await ReadAsync(request, response, body, buffer, cancellationToken);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async Task<Answer> ReadAsync(
        HttpRequestMessage request, HttpResponseMessage response, Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        long length = 0;
        var head = 0;
        while (true)
        {
            // Of a long answer the beginning and the end are kept.
            if (head > buffer.Length - TailLength)
            {
                buffer.AsSpan(head - TailLength, TailLength).CopyTo(buffer.AsSpan(buffer.Length / 2));
                head = (buffer.Length / 2) + TailLength;
            }

            var read = await body.ReadAsync(buffer.AsMemory(head), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
            head += read;
        }

        var text = buffer.AsSpan(0, head);
        return response.IsSuccessStatusCode
            ? new Answer(length, Answer.Find(text, "\"resourceVersion\":\""u8), Answer.Find(text[^Math.Min(text.Length, TailLength)..], "\"continue\":\""u8))
            : throw new MeasurementException(
                $"{server}: {request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(text)}");
    }
}
