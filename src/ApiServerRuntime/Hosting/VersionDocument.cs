using KubeFed.ApiServerRuntime.Discovery;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>The document of <c>/version</c>.</summary>
internal static class VersionDocument
{
    public static byte[] Write(KubernetesVersion version) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("major"u8, version.Major);
        json.WriteString("minor"u8, version.Minor);
        json.WriteString("gitVersion"u8, version.GitVersion);
        json.WriteString("gitCommit"u8, version.Build.GitCommit);
        json.WriteString("gitTreeState"u8, version.Build.GitTreeState);
        json.WriteString("buildDate"u8, version.Build.BuildDate);
        json.WriteString("goVersion"u8, version.Build.Runtime);
        json.WriteString("compiler"u8, "dotnet"u8);
        json.WriteString("platform"u8, version.Build.Platform);
        json.WriteEndObject();
    });
}
