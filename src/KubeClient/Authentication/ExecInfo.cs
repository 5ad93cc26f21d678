using System.Buffers;
using System.Text;
using System.Text.Json;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Authentication;

/// <summary>What a plugin is told in KUBERNETES_EXEC_INFO.</summary>
internal static class ExecInfo
{
    public static string Write(KubeClientConfig config, ExecPluginConfig plugin, bool interactive)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "ExecCredential");
            writer.WriteString("apiVersion", plugin.ApiVersion);
            writer.WriteStartObject("spec");
            if (plugin.ProvideClusterInfo)
            {
                WriteCluster(writer, config, plugin);
            }

            writer.WriteBoolean("interactive", interactive);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteCluster(Utf8JsonWriter writer, KubeClientConfig config, ExecPluginConfig plugin)
    {
        writer.WriteStartObject("cluster");
        writer.WriteString("server", config.Server.OriginalString);
        if (config.TlsServerName is { } name)
        {
            writer.WriteString("tls-server-name", name);
        }

        if (config.SkipTlsVerify)
        {
            writer.WriteBoolean("insecure-skip-tls-verify", true);
        }

        var authority = config.CertificateAuthorityData.IsEmpty && config.CertificateAuthorityFile is { } file
            ? SmallFile.ReadBytes(file)
            : config.CertificateAuthorityData;
        if (!authority.IsEmpty)
        {
            writer.WriteBase64String("certificate-authority-data", authority.Span);
        }

        if (config.ProxyUrl is { } proxy)
        {
            writer.WriteString("proxy-url", proxy.OriginalString);
        }

        if (config.DisableCompression)
        {
            writer.WriteBoolean("disable-compression", true);
        }

        if (plugin.ClusterConfigJson is { } json)
        {
            writer.WritePropertyName("config");
            writer.WriteRawValue(json);
        }

        writer.WriteEndObject();
    }
}
