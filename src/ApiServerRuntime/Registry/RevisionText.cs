using System.Globalization;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Resource versions as clients write them.</summary>
internal static class RevisionText
{
    /// <summary>Reads a version; empty and null are null. Otherwise gives kube-apiserver's sentence on what is wrong.</summary>
    public static bool TryParse(string? text, out long? revision, out string error)
    {
        revision = null;
        error = string.Empty;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            revision = value;
            return true;
        }

        bool digits = !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        string reason = digits ? "value out of range" : "invalid syntax";
        var shown = FieldError.Invalid(null, text, string.Empty).BadValue.Text;
        error = FieldError.Invalid(FieldPath.Root("resourceVersion"), text, $"strconv.ParseUint: parsing {shown}: {reason}").ToString();
        return false;
    }
}
