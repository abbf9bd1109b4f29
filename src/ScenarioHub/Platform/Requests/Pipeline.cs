using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Platform.Requests;

/// <summary>A span and a duration per message; the outcome is its refusal code or <c>ok</c>.</summary>
internal sealed class Telemetry<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse> where TResponse : IOutcome<TResponse>
{
    private static readonly ActivitySource Traces = new("ScenarioHub.Requests");
    private static readonly Meter Meter = new("ScenarioHub.Requests");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("scenariohub.request.duration", "s", "Time to answer one command or query.");

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = Traces.StartActivity(typeof(TRequest).Name);
        var started = Stopwatch.GetTimestamp();
        var outcome = await next();
        var code = outcome.Why?.Code ?? "ok";
        activity?.SetTag("scenariohub.outcome", code);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("request", typeof(TRequest).Name), new("outcome", code));
        return outcome;
    }
}

/// <summary>Runs every validator of the message and answers all they found at once.</summary>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse> where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        List<FieldProblem>? found = null;
        foreach (var validator in validators)
            (found ??= []).AddRange((await validator.ValidateAsync(request, ct)).Problems(request is IQueryMarker ? "?" : "/"));
        return found is not { Count: > 0 } ? await next() : TResponse.Refused(Refusal.Invalid(found));
    }
}

internal static class ValidationProblems
{
    /// <param name="root"><c>/</c> for entries of the body, <c>?</c> for query parameters.</param>
    public static IEnumerable<FieldProblem> Problems(this FluentValidation.Results.ValidationResult result, string root = "/") =>
        result.Errors.Select(failure => new FieldProblem(Kebab(failure.ErrorCode), root + Pointer(failure.PropertyName), failure.ErrorMessage));

    // "Body.Figures[2].Value" -> "figures/2/value": the message's own wrapper is not part of what the caller sent.
    private static string Pointer(string property) =>
        string.Join('/', property.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries).Where((part, i) => !(i == 0 && part == "Body")).Select(JsonNamingPolicy.CamelCase.ConvertName));

    // FluentValidation's own codes are type names ("MaximumLengthValidator"); ours are kebab-case already.
    private static string Kebab(string code) => code.Contains('-', StringComparison.Ordinal)
        ? code : JsonNamingPolicy.KebabCaseLower.ConvertName(code.Replace("Validator", "", StringComparison.Ordinal));
}

/// <summary>
/// One transaction for a command: committed when the answer is a value, gone when it is a refusal or an exception.
/// A command that lost a race is run again from its start: it then reads what the winner left, and goes on or words its refusal.
/// So a handler keeps nothing from one run to the next and does nothing that a rollback leaves behind.
/// </summary>
internal sealed class Transaction<TRequest, TResponse>(Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommandMarker where TResponse : IOutcome<TResponse>
{
    /// <summary>After so many runs it is no race but a bug, and thrown.</summary>
    public const int Runs = 5;

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        for (var run = 1; ; run++)
        {
            await db.Begin(Subject.Act<TRequest>(), ct);
            try
            {
                var outcome = await next();
                if (outcome.Why is null) await db.Commit(ct);
                else
                {
                    await db.Rollback();
                    if (outcome.Why.Sensitive is { } code) await db.RecordRefused(Subject.Act<TRequest>(), Subject.Of(request), code, ct);
                }
                return outcome;
            }
            catch (DbException e) when (run < Runs && LostRace.Is(e)) { await db.Rollback(); }
            catch { await db.Rollback(); throw; }
            // Two that stood in each other's way must not set out again in step.
            await Task.Delay(Random.Shared.Next(10 << run), ct);
        }
    }
}

/// <summary>What a command is about, as its message names it: the first <c>…Id</c>.</summary>
internal static class Subject
{
    public static string Act<TRequest>() => JsonNamingPolicy.CamelCase.ConvertName(typeof(TRequest).Name);

    public static (string Kind, long Id) Of(object request) =>
        request.GetType().GetProperties().FirstOrDefault(p => p.PropertyType == typeof(long) && p.Name.Length > 2 && p.Name.EndsWith("Id", StringComparison.Ordinal)) is { } id
            ? (JsonNamingPolicy.CamelCase.ConvertName(id.Name[..^2]), (long)id.GetValue(request)!) : ("command", 0);
}

internal static class RequestRegistration
{
    /// <summary>MediatR 5.1 brings no registration of its own; this is the whole of it. Two handlers for one message stop the start.</summary>
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        // Messages name a field as the caller wrote it, not split into English words.
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        services.AddScoped<ServiceFactory>(sp => sp.GetRequiredService)
            .AddScoped<IMediator, Mediator>()
            .AddScoped(typeof(IPipelineBehavior<,>), typeof(Telemetry<,>))
            .AddScoped(typeof(IPipelineBehavior<,>), typeof(Validation<,>))
            .AddScoped(typeof(IPipelineBehavior<,>), typeof(Transaction<,>))
            .AddScoped(typeof(IPipelineBehavior<,>), typeof(Idempotency<,>))
            .AddScoped<IdempotencyKey>();
        var handlers = new Dictionary<Type, Type>();
        foreach (var type in typeof(RequestRegistration).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var served in type.GetInterfaces().Where(i => i.IsGenericType))
                if (served.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
                {
                    if (!handlers.TryAdd(served, type)) throw new InvalidOperationException($"{served.GenericTypeArguments[0].Name} has two handlers: {handlers[served].Name} and {type.Name}.");
                    services.AddScoped(served, type);
                }
                else if (served.GetGenericTypeDefinition() == typeof(INotificationHandler<>)) services.AddScoped(served, type);
        return services;
    }
}
