using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>The rule for paths in definitions. A printer column's path may be a whole JSONPath, and this is all that is asked of it.</summary>
internal static class SimplePathRules
{
    /// <summary>Checks that a path begins with a dot.</summary>
    public static bool Check(string path, FieldPath field, FieldErrorList errors)
    {
        if (path.StartsWith('.'))
        {
            return true;
        }

        errors.Add(FieldError.Invalid(field, path, "must be a simple json path starting with ."));
        return false;
    }
}
