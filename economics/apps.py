"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

    def ready(self) -> None:
        """Say what can happen with money, and what is kept of it."""
        from economics import events, kept
        from economics.charities import kinds as charities_kinds
        from economics.contributions import archive as of_contributions
        from economics.contributions import hearers as contributions_hearers
        from economics.contributions import kinds as contributions_kinds
        from economics.contributions import rounds as contributions_rounds
        from economics.contributions import slots as contributions_slots
        from economics.earnings import slots as earnings_slots
        from economics.giving import slots as giving_slots
        from economics.hooks import checks as hooks_checks
        from economics.hooks import kinds as hooks_kinds
        from economics.ledger import checks as ledger_checks
        from economics.pay_links import archive as of_pay_links
        from economics.pay_links import slots as pay_links_slots
        from economics.payouts import archive as of_payouts
        from economics.payouts import hearers as payouts_hearers
        from economics.pledges import kinds as pledges_kinds
        from economics.proofs import rounds as proofs_rounds
        from economics.providers import driver, manual
        from economics.sales import rules as sales
        from economics.sales import slots as sales_slots
        from economics.transparency import slots as transparency_slots
        from economics.unallocated import rounds as unallocated_rounds
        from tracks.downloads import audiences

        events.register_all()
        kept.register_all()
        for topic in (
            *(manual, of_contributions, contributions_hearers, contributions_kinds),
            *(pledges_kinds, charities_kinds, of_pay_links, of_payouts, payouts_hearers),
            *(proofs_rounds, unallocated_rounds, hooks_kinds, ledger_checks, driver),
            *(contributions_rounds, hooks_checks),
        ):
            topic.register_all()
        shown = (giving_slots, contributions_slots, earnings_slots, pay_links_slots)
        for slots in (sales_slots, *shown, transparency_slots):
            slots.fill()
        audiences.register(sales.BUYERS, sales.BUYERS_LABEL, sales.bought)
        audiences.register(sales.SUPPORTERS, sales.SUPPORTERS_LABEL, sales.supports)
