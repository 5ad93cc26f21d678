namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>Questions to a server that may not be up yet; no answer counts as no.</summary>
internal static class Probe
{
    public static async Task<bool> IsOkAsync(HttpClient client, string uri, CancellationToken cancellationToken) =>
        await GetAsync(client, uri, cancellationToken) is not null;

    public static async Task<bool> ContainsAsync(HttpClient client, string uri, string text, CancellationToken cancellationToken) =>
        await GetAsync(client, uri, cancellationToken) is { } body && body.Contains(text, StringComparison.Ordinal);

    private static async Task<string?> GetAsync(HttpClient client, string uri, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(uri, UriKind.RelativeOrAbsolute), cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || IsTimeout(e, cancellationToken))
        {
            return null;
        }
    }

    private static bool IsTimeout(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
