using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Fuzz;

/// <summary>A request to be sent.</summary>
internal sealed record FuzzRequest(string Method, string Url, byte[]? Body = null, string? ContentType = null, string? Accept = null)
{
    /// <summary>More headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(Url, UriKind.Relative));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType ?? "application/json");
        }

        if (Accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", Accept);
        }

        foreach ((string name, string value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        string body = Body is null ? string.Empty : Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 3000));
        return $"{Method} {Url} (type {ContentType}, accept {Accept}, {string.Join(", ", Headers)})\n{body}";
    }

    /// <summary>The text of a tree, members that are not text excepted.</summary>
    public static string Text(JsonNode? node) => node?.ToJsonString(new System.Text.Json.JsonSerializerOptions { MaxDepth = 4000 }) ?? "null";
}
