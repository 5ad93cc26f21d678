using System.Net.Http.Headers;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>A request that can be sent several times: a message cannot.</summary>
internal sealed record KubeRequest(HttpMethod Method, string PathAndQuery, string Accept, TimeSpan Timeout)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Whether sending it twice leaves what sending it once does: then it may be repeated after an answer that does not say whether it was done.</summary>
    public bool IsIdempotent { get; init; } = Method == HttpMethod.Get || Method == HttpMethod.Put || Method == HttpMethod.Delete;

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>For messages: the method and the path, without the query, which may be long.</summary>
    public string Describe()
    {
        var query = PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return $"{Method} /{(query < 0 ? PathAndQuery : PathAndQuery[..query])}";
    }

    public HttpRequestMessage ToMessage(Uri baseAddress)
    {
        var message = new HttpRequestMessage(Method, new Uri(baseAddress, PathAndQuery));
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType ?? MediaTypes.Json);
        }

        return message;
    }
}
