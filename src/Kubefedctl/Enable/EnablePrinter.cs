using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>The lines of <c>enable</c>, on stdout (on stderr where another command enables a type).</summary>
internal sealed class EnablePrinter(TextWriter output, bool dryRun)
{
    private string DryRun => dryRun ? " (dry run)" : "";

    /// <summary>Prints FederatedTypeConfig and, where there is one, CustomResourceDefinition as YAML documents.</summary>
    public void Yaml(KubeObject config, KubeObject? crd) =>
        output.Write(KubeYaml.WriteDocuments(crd is null ? [config.ToNode()] : [config.ToNode(), crd.ToNode()]));

    public void CrdWritten(KubeObject crd, bool created) => output.WriteLine($"{crd.Title()} {(created ? "created" : "updated")}{DryRun}");

    public void ConfigWritten(KubeObject config, bool created) =>
        output.WriteLine($"{config.Title()} {(created ? "created" : "updated")} in namespace {config.Metadata.Namespace}{DryRun}");

    public void Served(ApiResource federatedType, AggregatedApi api) =>
        output.WriteLine($"{TypeConfigs.CrdName(federatedType)} served by {api.Service}{DryRun}");
}
