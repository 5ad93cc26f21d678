using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Install;

/// <summary>The lines of <c>install</c>, on stdout, one an object.</summary>
internal sealed class InstallPrinter(TextWriter output, bool dryRun)
{
    public void Yaml(IEnumerable<KubeObject> objects) => output.Write(KubeYaml.WriteDocuments(objects.Select(o => o.ToNode())));

    public void Created(KubeObject value) => Line(value, "created");

    public void Updated(KubeObject value) => Line(value, "updated");

    public void Unchanged(KubeObject value) => Line(value, "unchanged");

    private void Line(KubeObject value, string outcome) => output.WriteLine($"{value.Title()} {outcome}{(dryRun ? " (dry run)" : "")}");
}
