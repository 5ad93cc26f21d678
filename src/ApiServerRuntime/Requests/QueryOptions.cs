using System.Globalization;
using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Validation;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>Reads the options of requests from their query, with kube-apiserver's errors.</summary>
internal static class QueryOptions
{
    private const int MaxFieldManagerLength = 128;
    private const string MetaGroup = "meta.k8s.io";

    /// <summary>The options of a create or an update.</summary>
    /// <param name="query">The query.</param>
    /// <param name="kind">CreateOptions or UpdateOptions.</param>
    public static WriteOptions ReadWrite(IQueryCollection query, string kind)
    {
        if (query.Count == 0)
        {
            return new WriteOptions();
        }

        var errors = new FieldErrorList();
        WriteOptions options = ReadCommon(query, errors);
        Refuse(errors, kind);
        return options;
    }

    /// <summary>The options of a patch.</summary>
    public static WriteOptions ReadPatch(IQueryCollection query, PatchType type)
    {
        var errors = new FieldErrorList();
        bool apply = type == PatchType.Apply;
        if (!apply && query.ContainsKey("force"))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root("force"), "may not be specified for non-apply patch"));
        }

        if (apply && query["fieldManager"].ToString().Length == 0)
        {
            errors.Add(FieldError.Required(FieldPath.Root("fieldManager"), "is required for apply patch"));
        }

        WriteOptions common = ReadCommon(query, errors);
        Refuse(errors, "PatchOptions");
        return apply
            ? new ApplyOptions
            {
                FieldManager = common.FieldManager,
                DryRun = common.DryRun,
                FieldValidation = common.FieldValidation,
                Force = RequestInfoResolver.IsOn(query, "force"),
            }
            : common;
    }

    /// <summary>The options of a list.</summary>
    public static ListOptions ReadList(IQueryCollection query)
    {
        if (query.Count == 0)
        {
            return new ListOptions();
        }

        var errors = new FieldErrorList();
        ResourceVersionMatch match = ReadListMatch(query, errors);
        if (query.ContainsKey("sendInitialEvents"))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
        }

        long? limit = ReadInteger(query, "limit");
        ReadInteger(query, "timeoutSeconds");
        Refuse(errors, "ListOptions");
        return new ListOptions
        {
            LabelSelector = NullIfEmpty(query, "labelSelector"),
            FieldSelector = NullIfEmpty(query, "fieldSelector"),
            Limit = limit is > 0 ? (int)Math.Min(limit.Value, int.MaxValue) : null,
            Continue = NullIfEmpty(query, "continue"),
            ResourceVersion = NullIfEmpty(query, "resourceVersion"),
            ResourceVersionMatch = match,
        };
    }

    /// <summary>The options of a watch; a timeout that is not given is left unset.</summary>
    public static WatchOptions ReadWatch(IQueryCollection query)
    {
        var errors = new FieldErrorList();
        bool? initial = query.ContainsKey("sendInitialEvents") ? RequestInfoResolver.IsOn(query, "sendInitialEvents") : null;
        ResourceVersionMatch match = ReadWatchMatch(query, initial, errors);
        long? timeout = ReadInteger(query, "timeoutSeconds");
        ReadInteger(query, "limit");
        Refuse(errors, "ListOptions");
        return new WatchOptions
        {
            LabelSelector = NullIfEmpty(query, "labelSelector"),
            FieldSelector = NullIfEmpty(query, "fieldSelector"),
            ResourceVersion = NullIfEmpty(query, "resourceVersion"),
            ResourceVersionMatch = match,
            SendInitialEvents = initial,
            AllowBookmarks = RequestInfoResolver.IsOn(query, "allowWatchBookmarks"),
            Timeout = timeout is > 0 ? TimeSpan.FromSeconds(Math.Min(timeout.Value, int.MaxValue / 1000)) : null,
        };
    }

    /// <summary>Throws when there are errors: 422 of an options kind.</summary>
    public static void Refuse(FieldErrorList errors, string kind)
    {
        if (errors.Count > 0)
        {
            throw StatusErrors.Invalid(new GroupKind(MetaGroup, kind), string.Empty, errors.ToCauses());
        }
    }

    /// <summary>Whether nothing is written; adds an error for anything but <c>All</c>.</summary>
    public static bool ReadDryRun(IReadOnlyList<string?> values, FieldErrorList errors)
    {
        foreach (string? value in values)
        {
            if (value != "All")
            {
                errors.Add(FieldError.NotSupported(FieldPath.Root("dryRun"), FieldValue.From(values.Select(v => v ?? string.Empty)), "All"));
                return false;
            }
        }

        return values.Count > 0;
    }

    /// <summary>An integer parameter; null when it is not given.</summary>
    /// <exception cref="StatusException">400: it is no integer.</exception>
    public static long? ReadInteger(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return null;
        }

        string text = values[0] ?? string.Empty;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return value;
        }

        bool digits = text.Length > 0 && text.AsSpan(text[0] is '-' or '+' ? 1 : 0) is { Length: > 0 } rest && !rest.ContainsAnyExceptInRange('0', '9');
        throw StatusErrors.BadRequest($"strconv.ParseInt: parsing {GoQuote.Quote(text)}: {(digits ? "value out of range" : "invalid syntax")}");
    }

    private static WriteOptions ReadCommon(IQueryCollection query, FieldErrorList errors)
    {
        string? manager = NullIfEmpty(query, "fieldManager");
        if (manager is not null)
        {
            CheckFieldManager(manager, errors);
        }

        return new WriteOptions
        {
            FieldManager = manager,
            DryRun = ReadDryRun(query["dryRun"], errors),
            FieldValidation = ReadFieldValidation(query["fieldValidation"].ToString(), errors),
        };
    }

    private static void CheckFieldManager(string manager, FieldErrorList errors)
    {
        FieldPath path = FieldPath.Root("fieldManager");
        if (Encoding.UTF8.GetByteCount(manager) > MaxFieldManagerLength)
        {
            errors.Add(FieldError.TooLong(path, MaxFieldManagerLength));
        }

        int position = 0;
        foreach (Rune rune in manager.EnumerateRunes())
        {
            if (!GoQuote.IsPrintable(rune))
            {
                errors.Add(FieldError.Invalid(path, manager, $"invalid character U+{rune.Value:X4} (at position {position})"));
            }

            position += rune.Utf8SequenceLength;
        }
    }

    private static FieldValidation ReadFieldValidation(string text, FieldErrorList errors)
    {
        switch (text)
        {
            case "":
                return FieldValidation.Unset;
            case "Ignore":
                return FieldValidation.Ignore;
            case "Warn":
                return FieldValidation.Warn;
            case "Strict":
                return FieldValidation.Strict;
            default:
                errors.Add(FieldError.NotSupported(FieldPath.Root("fieldValidation"), text, "", "Ignore", "Strict", "Warn"));
                return FieldValidation.Unset;
        }
    }

    private static ResourceVersionMatch ReadListMatch(IQueryCollection query, FieldErrorList errors)
    {
        string match = query["resourceVersionMatch"].ToString();
        if (match.Length == 0)
        {
            return ResourceVersionMatch.Unset;
        }

        FieldPath path = FieldPath.Root("resourceVersionMatch");
        string version = query["resourceVersion"].ToString();
        if (version.Length == 0)
        {
            errors.Add(FieldError.Forbidden(path, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }

        ForbidContinue(query, path, errors);
        if (match is not ("Exact" or "NotOlderThan"))
        {
            errors.Add(FieldError.NotSupported(path, match, "Exact", "NotOlderThan", ""));
        }

        if (match == "Exact" && version == "0")
        {
            errors.Add(FieldError.Forbidden(path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        return match == "Exact" ? ResourceVersionMatch.Exact : ResourceVersionMatch.NotOlderThan;
    }

    private static ResourceVersionMatch ReadWatchMatch(IQueryCollection query, bool? initial, FieldErrorList errors)
    {
        FieldPath path = FieldPath.Root("resourceVersionMatch");
        string match = query["resourceVersionMatch"].ToString();
        if (initial is not null && match != "NotOlderThan")
        {
            errors.Add(FieldError.Forbidden(path, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }

        if (match.Length == 0)
        {
            return ResourceVersionMatch.Unset;
        }

        if (initial is null)
        {
            errors.Add(FieldError.Forbidden(path, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }

        if (match != "NotOlderThan")
        {
            errors.Add(FieldError.NotSupported(path, match, "NotOlderThan"));
        }

        ForbidContinue(query, path, errors);
        return ResourceVersionMatch.NotOlderThan;
    }

    private static void ForbidContinue(IQueryCollection query, FieldPath path, FieldErrorList errors)
    {
        if (query["continue"].ToString().Length > 0)
        {
            errors.Add(FieldError.Forbidden(path, "resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private static string? NullIfEmpty(IQueryCollection query, string name) => query[name] is { Count: > 0 } values && values[0] is { Length: > 0 } text ? text : null;
}
