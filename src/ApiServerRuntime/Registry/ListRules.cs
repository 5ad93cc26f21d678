using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Which options of a list or a watch go together (kube-apiserver's ValidateListOptions).</summary>
internal static class ListRules
{
    private static readonly FieldPath Match = FieldPath.Root("resourceVersionMatch");

    /// <summary>Checks the options of a list.</summary>
    /// <exception cref="StatusException">422.</exception>
    public static void Check(ListOptions options)
    {
        if (options.ResourceVersionMatch == ResourceVersionMatch.Unset)
        {
            return;
        }

        var errors = new FieldErrorList();
        if (string.IsNullOrEmpty(options.ResourceVersion))
        {
            errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }

        if (!string.IsNullOrEmpty(options.Continue))
        {
            errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden when continue is provided"));
        }

        if (options is { ResourceVersionMatch: ResourceVersionMatch.Exact, ResourceVersion: "0" })
        {
            errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        Throw(errors);
    }

    /// <summary>Checks the options of a watch.</summary>
    /// <exception cref="StatusException">422.</exception>
    public static void Check(WatchOptions options)
    {
        var errors = new FieldErrorList();
        var match = options.ResourceVersionMatch;
        if (options.SendInitialEvents is not null && match != ResourceVersionMatch.NotOlderThan)
        {
            errors.Add(FieldError.Forbidden(Match, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }

        if (match != ResourceVersionMatch.Unset && options.SendInitialEvents is null)
        {
            errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }

        if (match == ResourceVersionMatch.Exact)
        {
            errors.Add(FieldError.NotSupported(Match, "Exact", "NotOlderThan"));
        }

        Throw(errors);
    }

    private static void Throw(FieldErrorList errors)
    {
        if (errors.Count > 0)
        {
            throw StatusErrors.Invalid(new GroupKind("meta.k8s.io", "ListOptions"), string.Empty, errors.ToCauses());
        }
    }
}
