using System.Net;

namespace KubeFed.Conformance.Faults.Storms;

/// <summary>Namespaces of a server by itself.</summary>
internal static class Namespaces
{
    /// <summary>Makes a namespace; a server that serves none needs none.</summary>
    public static async Task EnsureAsync(HttpClient client, string name)
    {
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri("api/v1/namespaces", UriKind.Relative), Records.Content($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}"""));
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.NotFound))
        {
            throw new HttpRequestException(await answer.Content.ReadAsStringAsync(), null, answer.StatusCode);
        }
    }
}
