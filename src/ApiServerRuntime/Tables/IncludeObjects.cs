using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Validation;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Reads the query parameter that says what rows carry.</summary>
internal static class IncludeObjects
{
    /// <exception cref="StatusException">400: the value is unknown.</exception>
    public static IncludeObject Read(IQueryCollection query) => query["includeObject"].ToString() switch
    {
        "" or "Metadata" => IncludeObject.Metadata,
        "None" => IncludeObject.None,
        "Object" => IncludeObject.Object,
        var other => throw StatusErrors.BadRequest("Unable to convert to Table as requested: " +
            FieldError.NotSupported(FieldPath.Root("includeObject"), other, "Metadata", "None", "Object", "")),
    };
}
