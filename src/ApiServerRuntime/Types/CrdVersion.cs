using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Reads one version of a definition.</summary>
internal sealed class CrdVersion(JsonObject map, string group, string kind, FieldPath at, FieldErrorList errors, SchemaDefinitions? definitions)
{
    private const int MaxWarning = 256;
    private static readonly string[] ColumnTypes = ["integer", "number", "string", "boolean", "date"];
    private static readonly string[] ColumnFormats = ["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];
    private readonly string _name = CrdNode.Text(map, "name");

    public ResourceTypeVersion Read()
    {
        CheckName();
        var schema = ReadSchema();
        var subresources = map["subresources"] as JsonObject;
        return new ResourceTypeVersion
        {
            Name = _name,
            Served = CrdNode.Flag(map, "served"),
            DeprecationWarning = ReadDeprecation(),
            Schema = schema ?? StructuralSchema.Unknown,
            PrinterColumns = ReadColumns(),
            HasStatus = subresources?["status"] is JsonObject,
            Scale = subresources?["scale"] is JsonObject scale ? ReadScale(scale, at.Child("subresources").Child("scale")) : null,
            SelectableFields = SelectableFieldRules.Read(map, schema, at.Child("selectableFields"), errors),
        };
    }

    private void CheckName()
    {
        if (NameValidation.IsDns1035Label(_name) is { Count: > 0 } reasons)
        {
            errors.Add(FieldError.Invalid(at.Child("name"), _name, string.Join(",", reasons)));
        }
    }

    private string? ReadDeprecation()
    {
        string warning = CrdNode.Text(map, "deprecationWarning");
        var field = at.Child("deprecationWarning");
        if (!CrdNode.Flag(map, "deprecated"))
        {
            if (warning.Length > 0)
            {
                errors.Add(FieldError.Invalid(field, warning, "can only be set for deprecated versions"));
            }

            return null;
        }

        if (warning.Length > MaxWarning)
        {
            errors.Add(FieldError.Invalid(field, warning, $"must be <= {MaxWarning} characters"));
        }
        else if (warning.Any(char.IsControl))
        {
            errors.Add(FieldError.Invalid(field, warning, "must only contain printable UTF-8 characters; non-printable characters found"));
        }

        return warning.Length > 0 ? warning : $"{group}/{_name} {kind} is deprecated";
    }

    private StructuralSchema? ReadSchema()
    {
        var field = at.Child("schema").Child("openAPIV3Schema");
        if ((map["schema"] as JsonObject)?["openAPIV3Schema"] is not JsonObject tree)
        {
            errors.Add(FieldError.Required(field, "schemas are required"));
            return null;
        }

        int before = errors.Count;
        var schema = SchemaParser.Parse(tree, field, errors, definitions);
        if (errors.Count > before)
        {
            return null;
        }

        errors.AddRange(RuleValidator.For(schema).Check(field));
        return schema;
    }

    private ScaleSubresource ReadScale(JsonObject scale, FieldPath field)
    {
        string spec = CrdNode.Text(scale, "specReplicasPath");
        string status = CrdNode.Text(scale, "statusReplicasPath");
        string selector = CrdNode.Text(scale, "labelSelectorPath");
        CheckScalePath(field.Child("specReplicasPath"), spec, ".spec.", "should be a json path under .spec");
        CheckScalePath(field.Child("statusReplicasPath"), status, ".status.", "should be a json path under .status");
        if (selector.Length > 0
            && SimplePathRules.Check(selector, field.Child("labelSelectorPath"), errors)
            && !selector.StartsWith(".spec.", StringComparison.Ordinal)
            && !selector.StartsWith(".status.", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(field.Child("labelSelectorPath"), selector, "should be a json path under either .spec or .status"));
        }

        return new ScaleSubresource(spec, status, selector.Length > 0 ? selector : null);
    }

    private void CheckScalePath(FieldPath field, string path, string prefix, string rule)
    {
        if (path.Length == 0)
        {
            errors.Add(FieldError.Required(field));
        }
        else if (SimplePathRules.Check(path, field, errors) && !path.StartsWith(prefix, StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(field, path, rule));
        }
    }

    private List<PrinterColumn> ReadColumns()
    {
        var columns = new List<PrinterColumn>();
        var list = CrdNode.List(map, "additionalPrinterColumns");
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject column)
            {
                columns.Add(ReadColumn(column, at.Child("additionalPrinterColumns").Index(i)));
            }
        }

        return columns;
    }

    private PrinterColumn ReadColumn(JsonObject column, FieldPath field)
    {
        var result = new PrinterColumn(
            CrdNode.Text(column, "name"),
            CrdNode.Text(column, "type"),
            CrdNode.Text(column, "jsonPath"),
            CrdNode.Text(column, "format"),
            CrdNode.Text(column, "description"),
            CrdNode.Number(column, "priority"));
        if (result.Name.Length == 0)
        {
            errors.Add(FieldError.Required(field.Child("name")));
        }

        if (result.Type.Length == 0)
        {
            errors.Add(FieldError.Required(field.Child("type"), $"must be one of {string.Join(",", ColumnTypes.Order(StringComparer.Ordinal))}"));
        }
        else if (!ColumnTypes.Contains(result.Type, StringComparer.Ordinal))
        {
            errors.Add(FieldError.Invalid(
                field.Child("type"), result.Type, $"must be one of {string.Join(",", ColumnTypes.Order(StringComparer.Ordinal))}"));
        }

        if (result.Format.Length > 0 && !ColumnFormats.Contains(result.Format, StringComparer.Ordinal))
        {
            errors.Add(FieldError.Invalid(
                field.Child("format"), result.Format, $"must be one of {string.Join(",", ColumnFormats.Order(StringComparer.Ordinal))}"));
        }

        if (result.JsonPath.Length == 0)
        {
            errors.Add(FieldError.Required(field.Child("jsonPath")));
        }
        else
        {
            SimplePathRules.Check(result.JsonPath, field.Child("jsonPath"), errors);
        }

        return result;
    }
}
