using System.Text;
using KubeFed.FederationApis;

namespace KubeFed.Scale.Servers;

/// <summary>The namespaces that the measured objects are in.</summary>
internal static class Namespaces
{
    public const string Load = "bench-load";
    public const string List = "bench-list";
    public const string Write = "bench-write";

    private static readonly string[] All = [FederationNames.DefaultNamespace, Load, List, Write, "bench-watch"];

    /// <summary>Creates them; a server without namespaces needs none.</summary>
    public static async Task CreateAsync(MeasuredServer server, CancellationToken cancellationToken)
    {
        foreach (var name in All)
        {
            try
            {
                var body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
                await server.Client(0).PostAsync("api/v1/namespaces", body, cancellationToken);
            }
            catch (MeasurementException e) when (e.Message.Contains(" 404", StringComparison.Ordinal) || e.Message.Contains(" 409", StringComparison.Ordinal))
            {
                // Not served, or there already.
            }
        }
    }
}
