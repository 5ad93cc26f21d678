using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>One request that writes.</summary>
internal sealed class WriteSession
{
    public WriteSession(ResourceContext context, WriteOptions options, DateTimeOffset now)
    {
        Context = context;
        Options = options;
        Type = TypeRuntime.Of(context.Type);
        Version = Type.Version(context.Version.Name);
        Now = now;
    }

    public ResourceContext Context { get; }

    public WriteOptions Options { get; }

    public TypeRuntime Type { get; }

    public VersionRuntime Version { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Whether status is written at its own endpoint.</summary>
    public bool SeparatesStatus => Context.Version.HasStatus;

    public bool IsStatus => Context.Subresource == "status";

    /// <summary>The field manager of the write.</summary>
    public string Manager => string.IsNullOrEmpty(Options.FieldManager) ? Context.DefaultFieldManager : Options.FieldManager;

    /// <summary>The storage key of an object of that name.</summary>
    public string KeyOf(string name) => Context.Type.KeyOf(Context.Namespace, name);

    public AdmissionRequest Admission(AdmissionOperation operation, JsonObject? root, KubeObject? old) => new()
    {
        Context = Context,
        Operation = operation,
        Object = root,
        OldObject = old,
        DryRun = Options.DryRun,
    };

    /// <summary>422 when something is wrong with the object.</summary>
    public void Throw(FieldErrorList errors, string name)
    {
        if (errors.Count > 0)
        {
            throw StatusErrors.Invalid(Context.Type.GroupKind, name, errors.ToCauses());
        }
    }
}
