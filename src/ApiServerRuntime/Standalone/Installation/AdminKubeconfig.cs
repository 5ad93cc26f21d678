using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiServerRuntime.Standalone.Installation;

/// <summary>The kubeconfig by which the person who started a server by itself reaches it, with all rights.</summary>
public static class AdminKubeconfig
{
    /// <summary>The kubeconfig, with a client certificate made for it.</summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="certificates">The server's.</param>
    /// <param name="name">What cluster, user and context are called.</param>
    public static string Of(Uri server, OwnCertificates certificates, string name = "kubefed")
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(certificates);
        var client = certificates.IssueClient("kubefed-admin", "system:masters");
        return KubeYaml.Write(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = name,
            ["clusters"] = Named(name, "cluster", new JsonObject
            {
                ["server"] = server.ToString().TrimEnd('/'),
                ["certificate-authority-data"] = Base64(certificates.Authority.CertificatePem),
            }),
            ["users"] = Named(name, "user", new JsonObject
            {
                ["client-certificate-data"] = Base64(client.CertificatePem),
                ["client-key-data"] = Base64(client.KeyPem),
            }),
            ["contexts"] = Named(name, "context", new JsonObject { ["cluster"] = name, ["user"] = name }),
        });
    }

    private static JsonArray Named(string name, string member, JsonObject value) => new(new JsonObject { ["name"] = name, [member] = value });

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
