namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates that change with the steps.</summary>
        public static class lr_scheduler
        {
            /// <summary>The initial rates times <paramref name="lr_lambda"/> of the step, which counts from 0.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>
            /// Sets the learning rates of an optimiser's groups. Construction sets those of step 0; each <see cref="step()"/> those of the next.
            /// </summary>
            public abstract class LRScheduler
            {
                /// <summary>How often the rates were set.</summary>
                protected int _step_count;

                private readonly Optimizer _optimizer = null!;
                private readonly bool _verbose;

                protected LRScheduler()
                {
                }

                /// <param name="last_epoch">The step to go on after; -1 starts anew from the groups' present rates.</param>
                /// <param name="verbose">Whether each change is written to standard output.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    (_optimizer, Step, _verbose) = (optimizer, last_epoch, verbose);
                    if (last_epoch == -1)
                    {
                        foreach (var group in optimizer.ParamGroups)
                            group.InitialLearningRate = group.LearningRate;
                    }

                    BaseRates = [.. optimizer.ParamGroups.Select(g => g.InitialLearningRate)];
                }

                internal int Step { get; private set; }

                private protected double[] BaseRates { get; } = [];

                private protected IEnumerable<double> Rates => _optimizer.ParamGroups.Select(g => g.LearningRate);

                /// <summary>Goes to the next step.</summary>
                public virtual void step() => GoTo(Step + 1, get_lr);

                /// <summary>Goes to a step; the next one when null.</summary>
                public virtual void step(int? epoch) => GoTo(epoch ?? Step + 1, epoch is null ? get_lr : get_closed_form_lr);

                /// <summary>The groups' rates now.</summary>
                public IEnumerable<double> get_last_lr() => [.. Rates];

                /// <summary>The groups' rates at the step now.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The groups' rates at the step now, computed without looking at those before.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private void GoTo(int step, Func<IEnumerable<double>> rates)
                {
                    _step_count++;
                    Step = step;
                    foreach (var (group, rate) in _optimizer.ParamGroups.Zip(rates().ToArray()))
                    {
                        group.LearningRate = rate;
                        if (_verbose)
                            Console.WriteLine($"Adjusting learning rate to {rate}");
                    }
                }
            }

            /// <summary>The schedules.</summary>
            public static class impl
            {
                /// <summary>The initial rates times a function of the step.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] _factors;

                    /// <summary>One function for all groups.</summary>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, [.. optimizer.ParamGroups.Select(_ => lr_lambda)], last_epoch, verbose)
                    {
                    }

                    /// <summary>A function for each group.</summary>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        if (_factors.Length != BaseRates.Length)
                            throw new ArgumentException($"{_factors.Length} functions for {BaseRates.Length} groups of parameters.", nameof(lr_lambdas));
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => BaseRates.Zip(_factors, (rate, factor) => rate * factor(Step));
                }
            }
        }
    }
}
