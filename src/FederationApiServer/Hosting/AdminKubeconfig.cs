using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The kubeconfig by which the person who started a server by itself reaches it, with all rights.</summary>
internal static class AdminKubeconfig
{
    private const string Name = "kubefed";

    public static string Of(Uri server, OwnCertificates certificates)
    {
        var client = certificates.IssueClient("kubefed-admin", "system:masters");
        return KubeYaml.Write(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = Name,
            ["clusters"] = Named("cluster", new JsonObject
            {
                ["server"] = server.ToString().TrimEnd('/'),
                ["certificate-authority-data"] = Base64(certificates.Authority.CertificatePem),
            }),
            ["users"] = Named("user", new JsonObject
            {
                ["client-certificate-data"] = Base64(client.CertificatePem),
                ["client-key-data"] = Base64(client.KeyPem),
            }),
            ["contexts"] = Named("context", new JsonObject { ["cluster"] = Name, ["user"] = Name }),
        });
    }

    private static JsonArray Named(string member, JsonObject value) => new(new JsonObject { ["name"] = Name, [member] = value });

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
