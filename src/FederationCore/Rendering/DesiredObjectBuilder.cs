using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Overrides;

namespace KubeFed.FederationCore.Rendering;

/// <summary>
/// Makes the desired object of every cluster for one revision of a federated object: template, identity, the cluster's
/// overrides, managed label, in this order. The template is parsed once and clusters without overrides share one result.
/// Not for use by several threads at once.
/// </summary>
/// <remarks>
/// Of the template's metadata only labels and annotations are applied. Finalizers in the template are left out
/// (<see cref="DropsFinalizers"/>); an override may set them for a cluster, deliberately. With <c>retainReplicas</c> the
/// template's <c>spec.replicas</c> is left out before overrides, so that an override of it still counts. Ports without a
/// <c>protocol</c>, of Services and of containers in pod templates, get <c>TCP</c> after overrides, as servers before 1.21 need.
/// </remarks>
public sealed class DesiredObjectBuilder
{
    private readonly TargetDescription _target;
    private readonly NamespacedName _key;
    private readonly OverrideSet _overrides;
    private readonly JsonObject? _template;
    private readonly string? _templateError;
    private readonly long? _replicas;
    private RenderResult? _shared;

    /// <summary>Reads template and overrides.</summary>
    /// <param name="source">The federated object.</param>
    /// <param name="target">What it becomes in the members.</param>
    public DesiredObjectBuilder(FederatedObject source, TargetDescription target)
    {
        _target = target;
        _key = new NamespacedName(target.Namespaced ? source.Metadata.Namespace : "", source.Metadata.Name);
        _overrides = OverrideSet.Parse(source);
        try
        {
            _template = ReadTemplate(source.Template);
            DropsFinalizers = _template["metadata"] is JsonObject metadata && metadata["finalizers"] is JsonArray { Count: > 0 };
            TemplateTree.Prepare(_template, target, _key);
            _replicas = source.RetainReplicas ? TemplateTree.TakeReplicas(_template) : null;
        }
        catch (Exception e) when (IsMalformed(e))
        {
            _template = null;
            _templateError = e is TemplateException ? e.Message : $"spec.template: {e.Message}";
        }
    }

    /// <summary>Whether the template has finalizers, which are not applied: worth a Warning FinalizersNotSupported.</summary>
    public bool DropsFinalizers { get; }

    /// <summary>The desired object of a cluster.</summary>
    public RenderResult Build(string cluster)
    {
        if (_template is null)
        {
            return RenderResult.BadTemplate(_templateError!);
        }

        var plan = _overrides.For(cluster);
        if (plan.IsFailed)
        {
            return RenderResult.BadOverrides(plan.Error);
        }

        return plan.Operations.Count == 0 ? _shared ??= Render(plan) : Render(plan);
    }

    private static JsonObject ReadTemplate(ReadOnlyMemory<byte>? template) => template is null
        ? []
        : CanonicalJson.Parse(template.Value) as JsonObject ?? throw new TemplateException("spec.template: must be an object");

    private static bool IsMalformed(Exception e) => e is TemplateException or JsonException or FormatException or InvalidOperationException or ArgumentException;

    private RenderResult Render(ClusterOverridePlan plan)
    {
        var overridden = plan.Operations.Count > 0;
        try
        {
            var root = _template!.DeepClone().AsObject();
            if (OverridePatch.Apply(root, plan.Operations) is { } fault)
            {
                return RenderResult.BadOverrides(fault);
            }

            TemplateTree.Finish(root, _target, _key);
            return RenderResult.Of(Describe(root));
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return overridden ? RenderResult.BadOverrides($"after overrides: {e.Message}") : RenderResult.BadTemplate(e.Message);
        }
    }

    private DesiredObject Describe(JsonObject root)
    {
        var json = CanonicalJson.Write(root);
        var parsed = KubeObject.Parse(json);
        return new DesiredObject
        {
            Utf8Json = json,
            Hash = Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16)),
            Kind = parsed.GroupVersionKind,
            Key = _key,
            Labels = parsed.Metadata.Labels,
            Annotations = parsed.Metadata.Annotations,
            InitialReplicas = root["spec"] is JsonObject spec && spec.ContainsKey("replicas") ? null : _replicas,
        };
    }
}
